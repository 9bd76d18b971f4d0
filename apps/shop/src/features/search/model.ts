import type { SearchFilters, SearchSort } from '@kaibo/contract/goods/search'
import { fen } from '@kaibo/kernel/money'

export const sorts = [
  'relevance',
  'sales',
  'new',
  'price_up',
  'price_down',
] as const satisfies readonly SearchSort[]

/** What a search page shows: all of it stands in its address. */
export type Wanted = SearchFilters & { sort: SearchSort }

const yuanMax = 10_000_000
const idPattern = /^[0-9a-f-]{36}(,[0-9a-f-]{36})*$/

/** Reads the address; what makes no sense is left out. */
export function wantedOf(search: string): Wanted {
  const given = new URLSearchParams(search)
  const sort = sorts.find(each => each === given.get('sort')) ?? 'relevance'
  const id = (name: string) => (idPattern.test(given.get(name) ?? '') ? given.get(name) : null)
  const yuan = (name: string) => fenOfYuan(given.get(name) ?? '')
  return compact({
    q: given.get('q')?.trim().slice(0, 60) || null,
    brandIds: id('brand'),
    categoryId: id('cat'),
    tags: given.get('tags'),
    priceMinFen: yuan('min'),
    priceMaxFen: yuan('max'),
    inStock: given.get('stock') === '1' || null,
    sort,
  })
}

/** The address of a search. */
export function addressOf(wanted: Wanted): string {
  const { q, brandIds, categoryId, tags, priceMinFen, priceMaxFen, inStock, sort } = wanted
  const yuan = (amount: number | undefined) => (amount === undefined ? null : String(amount / 100))
  const fields = {
    q,
    brand: brandIds,
    cat: categoryId,
    tags,
    min: yuan(priceMinFen),
    max: yuan(priceMaxFen),
    stock: inStock ? '1' : null,
    sort: sort === 'relevance' ? null : sort,
  }
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) if (value) given.set(name, value)
  return `/search${given.size > 0 ? `?${given}` : ''}`
}

/** Amounts as people type them; null when it is none. */
export function fenOfYuan(text: string): ReturnType<typeof fen> | null {
  if (!/^\d{1,8}(\.\d{1,2})?$/.test(text.trim())) return null
  const yuan = Number(text)
  return yuan <= yuanMax ? fen(Math.round(yuan * 100)) : null
}

type Compact<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: NonNullable<T[K]>
}

/** Leaves out what is null. */
function compact<T extends object>(fields: T): Compact<T>
function compact(fields: object) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

/** Puts an id or word into a list with commas, or takes it out; undefined when none is left. */
export function toggled(list: string | undefined, item: string): string | undefined {
  const items = list ? list.split(',') : []
  const next = items.includes(item) ? items.filter(each => each !== item) : [...items, item]
  return next.length > 0 ? next.join(',') : undefined
}

/** Changes some fields; `undefined` takes a field away. */
export function changed(wanted: Wanted, change: { [K in keyof Wanted]?: Wanted[K] | undefined }) {
  const fields = { ...wanted, ...change }
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined)
  return { sort: wanted.sort, ...Object.fromEntries(kept) }
}

/** How many filters are on, for the badge of the button. */
export const filterCount = (wanted: Wanted): number =>
  (wanted.brandIds?.split(',').length ?? 0) +
  (wanted.tags?.split(',').length ?? 0) +
  Number(wanted.categoryId !== undefined) +
  Number(wanted.priceMinFen !== undefined || wanted.priceMaxFen !== undefined) +
  Number(wanted.inStock === true)

export const historyMax = 12

/** The newest first, each once. */
export const remembered = (history: readonly string[], words: string): string[] =>
  [words, ...history.filter(each => each !== words)].slice(0, historyMax)
