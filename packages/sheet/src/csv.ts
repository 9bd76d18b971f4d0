import { fail } from '@kaibo/contract/core/fail'
import { sheetRowsMax } from '@kaibo/contract/goods/sheet-limits'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { guardCsv } from './guard.ts'
import type { Table } from './table.ts'

/** Longest record, in characters. */
const recordCharsMax = 200_000

/** The cells as texts: UTF-8 with or without a mark, or GB18030 as Excel writes it in China. */
export function readCsv(bytes: Uint8Array): string[][] {
  const text = decode(bytes)
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      // Sheets that were put together have both.
      record_delimiter: text.includes('\n') ? ['\r\n', '\n'] : ['\r'],
      relax_column_count: true,
      max_record_size: recordCharsMax,
      // One beyond the limit and the heading: enough to know that there are too many.
      to: sheetRowsMax + 1_002,
    })
  } catch {
    throw fail('sheet.unreadable')
  }
}

function decode(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes)
      if (text.includes('\0')) break
      return text
    } catch {
      // The next encoding is tried.
    }
  }
  throw fail('sheet.unreadable')
}

/** Excel separates by `;` or tabs in some countries: the heading tells. */
function delimiterOf(text: string): string {
  const [heading = ''] = text.split(/\r?\n/, 1)
  const count = (mark: string) => heading.split(mark).length
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}

/** With the mark that makes Excel read UTF-8. */
export function writeCsv({ heading, rows, columns }: Table): Uint8Array {
  const body = rows.map(row =>
    row.map((text, index) => (columns[index]?.isNumber ? text : guardCsv(text))),
  )
  const text = stringify([[...heading], ...body], {
    bom: true,
    record_delimiter: 'windows',
    // A line break of any kind would else end the row for other readers.
    quoted_match: /[\r\n]/,
  })
  return new TextEncoder().encode(text)
}
