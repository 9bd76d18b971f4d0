import { fail } from '@kaibo/contract/core/fail'
import {
  type SheetLanguage,
  type SheetProblem,
  type SheetQuery,
  sheetErrors,
} from '@kaibo/contract/goods/sheet'
import type { ErrorText } from '@kaibo/kernel/fail'
import { unguard } from './guard.ts'
import type { CellProblem, Kind } from './kinds.ts'
import { readTable, type SheetFile, writeTable } from './table.ts'

/** A column: its headings, how its cells are read and written, and one for the template. */
export type Column<T> = { zh: string; en: string; kind: Kind<T>; example: string }

/** The columns of a sheet by key, in the order in which they stand. */
export type ColumnsOf<Row> = { readonly [K in keyof Row & string]: Column<Row[K]> }

/** One row of a sheet that was read. */
export type SheetRow<Row> = {
  /** As the spreadsheet counts: the heading is row 1. */
  row: number
  /** What stood in the cells, by column; also of rows with problems. */
  texts: Readonly<Partial<Record<keyof Row & string, string>>>
  /** Null when a cell is wrong. */
  values: Row | null
}

export type Sheet<Row> = {
  /**
   * Reads a CSV or XLSX file: every row, and every problem of every cell. Columns are found by their
   * headings in either language, in any order; unknown ones are left alone. Throws the codes of
   * `readTable`, and `sheet.columns_missing` or `sheet.columns_twice`.
   */
  read(bytes: Uint8Array): Promise<{ rows: SheetRow<Row>[]; problems: SheetProblem[] }>
  /** The rows as a file. */
  write(rows: readonly Row[], query: SheetQuery): Promise<SheetFile>
  /** Headings and one example. */
  template(query: SheetQuery): Promise<SheetFile>
}

/** Declares a sheet as data. `names` are the names of its files. */
export function defineSheet<Row extends object>(
  names: Readonly<Record<SheetLanguage, string>>,
  columns: ColumnsOf<Row>,
): Sheet<Row> {
  const keys = keysOf(columns)
  const fileOf = (cells: (key: (typeof keys)[number]) => string[], query: SheetQuery) => {
    const { format = 'csv', language = 'zh' } = query
    const byColumn = keys.map(cells)
    const rowCount = byColumn[0]?.length ?? 0
    return writeTable(format, {
      name: names[language],
      heading: keys.map(key => columns[key][language]),
      rows: Array.from({ length: rowCount }, (_, row) => byColumn.map(column => column[row] ?? '')),
      columns: keys.map(key => columns[key].kind),
    })
  }
  return {
    read: async bytes => {
      const [heading = [], ...lines] = await readTable(bytes)
      const positions = positionsOf(columns, heading)
      const problems: SheetProblem[] = []
      const rows = lines.flatMap((cells, index) => {
        if (cells.every(cell => cell.trim() === '')) return []
        const read = readRow(columns, textsOf(positions, cells), index + 2)
        problems.push(...read.problems)
        return [read.row]
      })
      return { rows, problems }
    },
    write: (rows, query) =>
      fileOf(key => rows.map(row => columns[key].kind.format(row[key])), query),
    template: query => fileOf(key => [columns[key].example], query),
  }
}

const keysOf = <Row>(columns: ColumnsOf<Row>) =>
  Object.keys(columns).filter((key): key is keyof Row & string => key in columns)

/** `*价格（元）` and `价格(元)` are the same heading. */
const plainTitle = (title: string) =>
  title
    .normalize('NFKC')
    .replaceAll(/[\s*\u200b\ufeff]/g, '')
    .toLowerCase()

function positionsOf<Row>(
  columns: ColumnsOf<Row>,
  heading: readonly string[],
): Map<keyof Row & string, number> {
  const titles = heading.map(plainTitle)
  const positions = new Map<keyof Row & string, number>()
  const missing: string[] = []
  for (const key of keysOf(columns)) {
    const { zh, en, kind } = columns[key]
    const wanted = [plainTitle(zh), plainTitle(en)]
    const found = titles.flatMap((title, index) => (wanted.includes(title) ? index : []))
    const [position] = found
    if (found.length > 1) throw fail('sheet.columns_twice', { columns: [zh] })
    if (position !== undefined) positions.set(key, position)
    else if (!kind.whenEmpty) missing.push(`${zh} / ${en}`)
  }
  if (missing.length > 0) throw fail('sheet.columns_missing', { columns: missing })
  return positions
}

function textsOf<K extends string>(positions: ReadonlyMap<K, number>, cells: readonly string[]) {
  const texts: Partial<Record<K, string>> = {}
  for (const [key, position] of positions)
    texts[key] = unguard((cells[position] ?? '').trim()).toWellFormed()
  return texts
}

function readRow<Row extends object>(
  columns: ColumnsOf<Row>,
  texts: SheetRow<Row>['texts'],
  row: number,
): { row: SheetRow<Row>; problems: SheetProblem[] } {
  const values: Partial<Row> = {}
  const problems: SheetProblem[] = []
  for (const key of keysOf(columns)) {
    const parsed = parseCell(columns[key].kind, texts[key] ?? '')
    if ('value' in parsed) values[key] = parsed.value
    else problems.push(problemOf({ row, column: key, titles: columns[key] }, parsed.problem))
  }
  const isWhole = (_cells: Partial<Row>): _cells is Row => problems.length === 0
  return { row: { row, texts, values: isWhole(values) ? values : null }, problems }
}

function parseCell<T>(kind: Kind<T>, text: string) {
  if (text !== '') return kind.parse(text)
  return kind.whenEmpty ?? { problem: { code: 'sheet.cell_missing' } satisfies CellProblem }
}

type Place = { row: number; column: string; titles: Pick<Column<unknown>, 'zh' | 'en'> }

/** A problem of one cell, in whole sentences. */
export function problemOf({ row, column, titles }: Place, problem: CellProblem): SheetProblem {
  const { zh, en } = sheetErrors[problem.code]
  return {
    row,
    column,
    code: problem.code,
    zh: filled(zh, { ...problem.facts, column: titles.zh }),
    en: filled(en, { ...problem.facts, column: titles.en }),
  }
}

/** A problem of a row as a whole: the sentences of any error code. */
export const rowProblem = (
  row: number,
  { code, text }: { code: string; text: ErrorText },
): SheetProblem => ({ row, column: null, code, zh: text.zh, en: text.en })

const filled = (sentence: string, facts: Readonly<Record<string, string | number>>) =>
  sentence.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(facts[name] ?? place))
