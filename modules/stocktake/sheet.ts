import { catalogErrors } from '@kaibo/contract/goods/catalog'
import type { SheetProblem } from '@kaibo/contract/goods/sheet'
import { type Id, isId } from '@kaibo/kernel/ids'
import { integerKind, type Kind, optional, pairsKind, textKind } from '@kaibo/sheet/kinds'
import { defineSheet, problemOf, rowProblem, type SheetRow } from '@kaibo/sheet/sheet'

type Row = {
  skuId: Id
  title: string | null
  spec: Record<string, string> | null
  counted: number | null
}
export type CountLine = { skuId: Id; counted: number }

const idKind: Kind<Id> = {
  ...textKind(36),
  parse: text => (isId(text) ? { value: text } : { problem: { code: 'sheet.cell_no_id' } }),
}
const skuColumn = { zh: 'SKU 编号', en: 'SKU id', kind: idKind, example: '' }

/** What stands in the books is left out on purpose: who sees it counts less carefully. */
export const countSheet = defineSheet<Row>(
  { zh: '盘点', en: 'Stock-take' },
  {
    skuId: skuColumn,
    title: { zh: '商品', en: 'Product', kind: optional(textKind(60)), example: '' },
    spec: {
      zh: '规格',
      en: 'Specs',
      kind: optional(pairsKind({ name: 20, value: 30, pairs: 5 })),
      example: '',
    },
    counted: {
      zh: '实盘数量',
      en: 'Counted',
      kind: optional(integerKind({ min: 0, max: 1_000_000_000 })),
      example: '10',
    },
  },
)

/** The counts of a sheet, and what is wrong with it: SKUs of nobody, and those that stand twice. */
export function sheetProblems(
  read: { rows: readonly SheetRow<Row>[]; problems: readonly SheetProblem[] },
  ownIds: ReadonlySet<Id>,
): { lines: CountLine[]; problems: SheetProblem[] } {
  const firstRow = new Map<Id, number>()
  const lines: CountLine[] = []
  const problems = [...read.problems]
  for (const { row, values } of read.rows) {
    if (!values || values.counted === null) continue
    const { skuId, counted } = values
    const first = firstRow.get(skuId)
    const code = 'product.not_found'
    if (!ownIds.has(skuId)) problems.push(rowProblem(row, { code, text: catalogErrors[code] }))
    else if (first !== undefined)
      problems.push(
        problemOf(
          { row, column: 'skuId', titles: skuColumn },
          { code: 'sheet.cell_repeated', facts: { row: first } },
        ),
      )
    firstRow.set(skuId, first ?? row)
    lines.push({ skuId, counted })
  }
  return { lines, problems }
}
