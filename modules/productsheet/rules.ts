import { catalogErrors, type NewProduct, skuCountMax } from '@kaibo/contract/goods/catalog'
import { productSheetErrors } from '@kaibo/contract/goods/productsheet'
import type { SheetProblem } from '@kaibo/contract/goods/sheet'
import { type Id, newId } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { WorkingCopy } from '@kaibo/modules/catalog'
import { rowProblem, type SheetRow } from '@kaibo/sheet/sheet'
import type { Row } from './sheet.ts'

export type PlannedSku = {
  /** Its id, should it be new. */
  id: Id
  spec: Record<string, string>
  priceFen: Fen
  stock: number
  weightG: number | null
  barcode: string | null
}

/** What the rows of one product say; null = not said: what is there stays. */
export type Plan = {
  title: string | null
  subtitle: string | null
  description: string | null
  pictures: string[] | null
  skus: PlannedSku[]
}

/** A product of a sheet; a bad one is not written, not even in part. */
export type Planned = { code: string; row: number; isBad: boolean; plan: Plan }

/** The spec of a product that has none. */
const onlySpec = { 规格: '默认' }

/**
 * Gathers rows into products by merchant code. A product with one wrong row is bad as a whole; the
 * other rows of it are told so.
 */
export function decidePlan(
  rows: readonly SheetRow<Row>[],
  cellProblems: readonly SheetProblem[],
): { products: Planned[]; problems: SheetProblem[] } {
  const problems = [...cellProblems]
  const byCode = Map.groupBy(rows, row => row.texts.code ?? '')
  const products = [...byCode].flatMap(([code, own]): Planned[] => {
    const [first] = own
    if (code === '' || !first) return []
    const plan = planOf(own.flatMap(row => row.values ?? []))
    const clashes = skuProblems(own)
    problems.push(...clashes)
    const isBad = clashes.length > 0 || own.some(row => row.values === null)
    if (isBad) problems.push(...skipped(own, problems))
    return [{ code, row: first.row, isBad, plan }]
  })
  return { products, problems: problems.toSorted((a, b) => a.row - b.row) }
}

const specOf = (row: Row) => row.spec ?? onlySpec
export const specKey = (spec: Record<string, string>) => JSON.stringify(Object.entries(spec).sort())

function skuProblems(rows: readonly SheetRow<Row>[]): SheetProblem[] {
  const [first] = rows
  if (first && rows.length > skuCountMax) {
    const code = 'productsheet.too_many_skus'
    return [rowProblem(first.row, { code, text: productSheetErrors[code] })]
  }
  const seen = new Set<string>()
  return rows.flatMap(({ row, values }) => {
    const key = values ? specKey(specOf(values)) : `row ${row}`
    const isKnown = seen.has(key)
    seen.add(key)
    const code = 'product.skus_clash'
    return isKnown ? rowProblem(row, { code, text: catalogErrors[code] }) : []
  })
}

function skipped(
  rows: readonly SheetRow<Row>[],
  problems: readonly SheetProblem[],
): SheetProblem[] {
  const named = new Set(problems.map(problem => problem.row))
  const code = 'productsheet.row_skipped'
  return rows
    .filter(({ row }) => !named.has(row))
    .map(({ row }) => rowProblem(row, { code, text: productSheetErrors[code] }))
}

/** What is said once counts for the product: the first row that says it. */
function planOf(rows: readonly Row[]): Plan {
  const said = <K extends keyof Row>(key: K) =>
    rows.map(row => row[key]).find(value => value !== null) ?? null
  return {
    title: said('title'),
    subtitle: said('subtitle'),
    description: said('description'),
    pictures: said('pictures'),
    skus: rows.map(row => ({
      id: newId(),
      spec: specOf(row),
      priceFen: row.priceFen,
      stock: row.stock ?? 0,
      weightG: row.weightG,
      barcode: row.barcode,
    })),
  }
}

/** What a new product begins with, or the code of what it lacks. */
export function decideDraft(
  { title, subtitle, description, pictures, skus }: Plan,
  pictureFileId: Id | null,
): { draft: Omit<NewProduct, 'id'> } | { lacks: keyof typeof productSheetErrors } {
  const pictureFileIds = pictures ?? (pictureFileId ? [pictureFileId] : [])
  if (title === null) return { lacks: 'productsheet.title_missing' }
  if (pictureFileIds.length === 0) return { lacks: 'productsheet.picture_missing' }
  const texts = { title, subtitle: subtitle ?? '', description: description ?? '' }
  return { draft: { ...texts, pictureFileIds, skus: newSkus(skus) } }
}

/** A product after an update. */
export const decideUpdate = (present: WorkingCopy, plan: Plan) => ({
  ...present,
  title: plan.title ?? present.title,
  subtitle: plan.subtitle ?? present.subtitle,
  description: plan.description ?? present.description,
  pictureFileIds: plan.pictures ?? present.pictureFileIds,
  skus: decideSkus(present.skus, plan.skus),
})

/** The variants after an update: those the sheet names change or come new, the others stay. */
function decideSkus(present: WorkingCopy['skus'], planned: readonly PlannedSku[]) {
  const bySpec = new Map(planned.map(sku => [specKey(sku.spec), sku]))
  const known = new Set(present.map(sku => specKey(sku.spec)))
  const kept = present.map(sku => {
    const { priceFen, weightG, barcode } = bySpec.get(specKey(sku.spec)) ?? sku
    return {
      ...sku,
      priceFen,
      weightG: weightG ?? sku.weightG,
      barcode: barcode ?? sku.barcode,
      // The basis of a struck-through price is judged anew; one below the price falls away.
      strike: sku.strike && sku.strike.fen > priceFen ? sku.strike : null,
    }
  })
  return [...kept, ...newSkus(planned.filter(sku => !known.has(specKey(sku.spec))))]
}

const newSkus = (planned: readonly PlannedSku[]) =>
  planned.map(({ id, spec, priceFen, stock, weightG, barcode }) => ({
    id,
    spec,
    priceFen,
    initialStock: stock,
    weightG: weightG ?? 0,
    barcode,
  }))
