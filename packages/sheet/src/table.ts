import { fail } from '@kaibo/contract/core/fail'
import type { SheetFormat } from '@kaibo/contract/goods/sheet'
import { sheetBytesMax, sheetRowsMax } from '@kaibo/contract/goods/sheet-limits'
import { readCsv, writeCsv } from './csv.ts'
import { columnsMax, readXlsx, writeXlsx } from './xlsx.ts'

/** Texts in rows, as they stand in a file. */
export type Table = {
  name: string
  heading: readonly string[]
  rows: readonly (readonly string[])[]
  /** What stands in the columns, by position. */
  columns: readonly { isNumber?: true }[]
}

/** A file to hand out. */
export type SheetFile = { bytes: Uint8Array; contentType: string; fileName: string }

const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const satisfies Record<SheetFormat, string>

const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b
/** The format of Excel before 2007. */
const isOldExcel = (bytes: Uint8Array) => bytes[0] === 0xd0 && bytes[1] === 0xcf

/**
 * The cells of a CSV or XLSX file, whose kind is judged by its bytes; the first row is the heading.
 * Throws `sheet.unreadable`, `sheet.too_large`, `sheet.too_many_rows`, `sheet.too_many_columns` or
 * `sheet.empty`.
 */
export async function readTable(bytes: Uint8Array): Promise<string[][]> {
  if (bytes.byteLength > sheetBytesMax) throw fail('request.too_large')
  if (isOldExcel(bytes)) throw fail('sheet.unreadable')
  const cells = isZip(bytes) ? await readXlsx(bytes) : readCsv(bytes)
  const lastUsed = cells.findLastIndex(row => row.some(cell => cell.trim() !== ''))
  if (lastUsed < 1) throw fail('sheet.empty')
  if (lastUsed > sheetRowsMax) throw fail('sheet.too_many_rows')
  const rows = cells.slice(0, lastUsed + 1)
  if (rows.some(row => row.length > columnsMax)) throw fail('sheet.too_many_columns')
  return rows
}

/** A file of this format; formulas in texts are made harmless. */
export async function writeTable(format: SheetFormat, table: Table): Promise<SheetFile> {
  const bytes = format === 'xlsx' ? await writeXlsx(table) : writeCsv(table)
  return { bytes, contentType: contentTypes[format], fileName: `${table.name}.${format}` }
}
