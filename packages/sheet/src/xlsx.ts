import { fail } from '@kaibo/contract/core/fail'
import { sheetRowsMax } from '@kaibo/contract/goods/sheet-limits'
import { readSheet } from 'read-excel-file/universal'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { guardXlsx } from './guard.ts'
import type { Table } from './table.ts'
import { unpack } from './zip.ts'

/** Columns looked at; more are refused. */
export const columnsMax = 100

/** The first sheet as texts. Throws `sheet.unreadable`, `sheet.too_large` and the like. */
export async function readXlsx(bytes: Uint8Array): Promise<string[][]> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sheets = unpack(zip, name => /^xl\/worksheets\/.*\.xml$/i.test(name))
  for (const xml of sheets.values()) requireSmall(xml)
  // A copy of its own: what is handed over is a whole ArrayBuffer, and may be moved to a worker.
  const copy = new Uint8Array(bytes).buffer
  try {
    const rows = await readSheet<string>(copy, { parseNumber: plainNumber })
    return rows.map(row => row.map(textOf))
  } catch {
    throw fail('sheet.unreadable')
  }
}

const cellPattern = /<(?:\w+:)?(?:c|row)(?=[\s>/])((?:[^>"']|"[^"]*"|'[^']*')*)>/g
const addressPattern = /\sr\s*=\s*(?:"([^"]*)"|'([^']*)')/

/**
 * One cell in the last corner makes a reader fill everything before it with emptiness, and a
 * document type could unfold into anything: both are refused before the reader sees them.
 */
function requireSmall(xml: string): void {
  if (xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY')) throw fail('sheet.unreadable')
  let cellCount = 0
  for (const [, attributes = ''] of xml.matchAll(cellPattern)) {
    if (++cellCount > (sheetRowsMax + 2) * (columnsMax + 1)) throw fail('sheet.too_many_rows')
    const found = addressPattern.exec(attributes)
    if (!found) continue
    const [, letters, digits] = /^([A-Z]{0,3})(\d{1,7})$/.exec(found[1] ?? found[2] ?? '') ?? []
    if (letters === undefined) throw fail('sheet.unreadable')
    if (Number(digits) > rowNumberMax) throw fail('sheet.too_many_rows')
    if (columnNumber(letters) > columnsMax) throw fail('sheet.too_many_columns')
  }
}

/** Heading, the rows, and some emptiness below them that people leave behind. */
const rowNumberMax = sheetRowsMax + 1_000

const columnNumber = (letters: string) =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

/** Fifteen digits are what a spreadsheet keeps of a number; it writes 12.9 as 12.899999999999999. */
const asShown = new Intl.NumberFormat('en-US', { useGrouping: false, maximumSignificantDigits: 15 })

/** A number as a person sees it, never rounded when it is a plain string of digits. */
const plainNumber = (text: string): string =>
  /^-?\d+(?:\.\d{1,6})?$/.test(text) || !Number.isFinite(Number(text))
    ? text
    : asShown.format(Number(text))

function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 16).replace('T', ' ')
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean'
    ? String(cell)
    : ''
}

/** Letters and digits only: anything else in a sheet's name upsets some spreadsheet. */
const sheetName = (name: string) => name.replaceAll(/[^\p{L}\p{N} _-]/gu, ' ').slice(0, 30)

/** Texts stay texts whatever they look like; number columns are numbers. */
export async function writeXlsx({ name, heading, rows, columns }: Table): Promise<Uint8Array> {
  const head = heading.map(value => ({
    value,
    type: String,
    fontWeight: 'bold' as const,
    backgroundColor: '#f3f0ee',
  }))
  const body = rows.map(row =>
    row.map((text, index) => {
      if (text === '') return null
      if (!columns[index]?.isNumber) return { value: guardXlsx(text), type: String, format: '@' }
      return { value: Number(text), type: Number, format: text.includes('.') ? '0.00' : '0' }
    }),
  )
  const data: SheetData = [head, ...body]
  const buffer = await writeXlsxFile(data, {
    sheet: sheetName(name),
    columns: heading.map(title => ({ width: Math.min(40, Math.max(12, title.length * 2 + 4)) })),
    stickyRowsCount: 1,
  }).toBuffer()
  return new Uint8Array(buffer)
}
