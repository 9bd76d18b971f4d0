/** A value of a spec; its id stays while its text is being changed. */
export type SpecValue = { id: string; text: string }
export type Spec = { id: string; name: string; values: readonly SpecValue[] }

/** What a struck-through price rests on. */
export type StrikeChoice = 'none' | 'lowest_30_days' | 'list_price'

/** What a variant costs and weighs, as it is typed. */
export type SkuTexts = {
  priceText: string
  stockText: string
  strike: StrikeChoice
  /** The list price; the lowest price of 30 days is known to the server. */
  strikeText: string
  weightText: string
  volumeText: string
  barcode: string
}

/** What the form knows of one combination of values. */
export type SkuDraft = SkuTexts & {
  skuId: string
  /** A picture of this variant alone. */
  picture: { fileId: string; url: string } | null
  /** Not every combination is sold; one that exists stays, and cannot be chosen. */
  isOffered: boolean
  /** Units to be had of a SKU that exists already; its stock is changed elsewhere. */
  available: number | null
}

/** By the ids of the values, so that a SKU keeps its price when a value is renamed or comes back. */
export type SkuDrafts = Readonly<Record<string, SkuDraft>>
export type SkuMatrix = { specs: readonly Spec[]; drafts: SkuDrafts }
export type SkuRow = { key: string; values: readonly SpecValue[]; draft: SkuDraft }

export const skuCountMax = 100
export const specCountMax = 3

const separator = '|'
const keyOf = (values: readonly SpecValue[]) => values.map(value => value.id).join(separator)
const filled = (values: readonly SpecValue[]) => values.filter(value => value.text.trim() !== '')

/** Every combination of the values that have a text; one empty combination without specs. */
export function combinationsOf(specs: readonly Spec[]): SpecValue[][] {
  return specs
    .map(spec => filled(spec.values))
    .filter(values => values.length > 0)
    .reduce<SpecValue[][]>(
      (combinations, values) =>
        combinations.flatMap(before => values.map(value => [...before, value])),
      [[]],
    )
}

/** How many combinations there would be, without making them. */
export const combinationCount = (specs: readonly Spec[]): number =>
  specs.reduce((product, spec) => product * Math.max(filled(spec.values).length, 1), 1)

/** The rows of the table: combinations in order, with what is known of them. */
export const rowsOf = ({ specs, drafts }: SkuMatrix): SkuRow[] =>
  combinationsOf(specs).flatMap(values => {
    const key = keyOf(values)
    const draft = drafts[key]
    return draft ? [{ key, values, draft }] : []
  })

/**
 * The matrix under other specs. Known combinations keep their draft, and come back with it; new
 * ones start with the price of a relative (the same values, more or fewer specs).
 */
export function withSpecs(
  matrix: SkuMatrix,
  specs: readonly Spec[],
  makeId: () => string,
): SkuMatrix {
  if (combinationCount(specs) > skuCountMax) return { ...matrix, specs }
  const before = rowsOf(matrix)
  const fresh = combinationsOf(specs)
    .filter(values => !(keyOf(values) in matrix.drafts))
    .map(values => [keyOf(values), freshDraft(makeId(), relativeOf(values, before))] as const)
  return { specs, drafts: { ...matrix.drafts, ...Object.fromEntries(fresh) } }
}

const freshDraft = (skuId: string, relative: SkuRow | undefined): SkuDraft => ({
  skuId,
  ...noTexts,
  priceText: relative?.draft.priceText ?? '',
  weightText: relative?.draft.weightText ?? '',
  volumeText: relative?.draft.volumeText ?? '',
  picture: relative?.draft.picture ?? null,
  isOffered: true,
  available: null,
})

const noTexts: SkuTexts = {
  priceText: '',
  stockText: '',
  strike: 'none',
  strikeText: '',
  weightText: '',
  volumeText: '',
  barcode: '',
}

function relativeOf(values: readonly SpecValue[], rows: readonly SkuRow[]): SkuRow | undefined {
  const ids = new Set(values.map(value => value.id))
  return rows.find(row => {
    const sharedCount = row.values.filter(value => ids.has(value.id)).length
    return sharedCount === Math.min(ids.size, row.values.length)
  })
}

/** Changes one row. */
export const withDraft = (matrix: SkuMatrix, key: string, change: Partial<SkuDraft>): SkuMatrix => {
  const draft = matrix.drafts[key]
  if (!draft) return matrix
  return { ...matrix, drafts: { ...matrix.drafts, [key]: { ...draft, ...change } } }
}

/** Gives every offered row the same price, opening stock or weight. */
export const withAll = (matrix: SkuMatrix, change: Partial<SkuTexts>): SkuMatrix =>
  rowsOf(matrix)
    .filter(row => row.draft.isOffered)
    .reduce((changed, row) => withDraft(changed, row.key, change), matrix)

/** `{ 颜色: '红', 尺码: 'S' }`, in the order of the specs. */
export function specRecordOf(
  specs: readonly Spec[],
  values: readonly SpecValue[],
): Record<string, string> {
  const used = specs.filter(spec => filled(spec.values).length > 0)
  return Object.fromEntries(
    used.map((spec, index) => [spec.name.trim(), values[index]?.text.trim() ?? '']),
  )
}

/** `红 · S`: how a row is called. */
export const rowName = (row: Pick<SkuRow, 'values'>): string =>
  row.values.map(value => value.text.trim()).join(' · ')

type KnownSku = Omit<SkuDraft, 'skuId' | 'available'> & {
  id: string
  spec: Readonly<Record<string, string>>
  available: number
}

/** The matrix of a product that exists; combinations that it does not sell are not offered. */
export function matrixOf(skus: readonly KnownSku[], makeId: () => string): SkuMatrix {
  const names = Object.keys(skus[0]?.spec ?? {})
  const specs = names.map(name => ({
    id: makeId(),
    name,
    values: [...new Set(skus.map(sku => sku.spec[name] ?? ''))].map(text => ({
      id: makeId(),
      text,
    })),
  }))
  const skuFor = (values: readonly SpecValue[]) =>
    skus.find(sku => names.every((name, index) => sku.spec[name] === values[index]?.text))
  const drafts = combinationsOf(specs).map(values => {
    const sku = skuFor(values)
    return [keyOf(values), sku ? knownDraft(sku) : absentDraft(makeId())] as const
  })
  return { specs, drafts: Object.fromEntries(drafts) }
}

const absentDraft = (skuId: string): SkuDraft => ({
  ...freshDraft(skuId, undefined),
  isOffered: false,
})

const knownDraft = ({ id: skuId, spec: _, ...known }: KnownSku): SkuDraft => ({ skuId, ...known })
