import { type Static, Type } from 'typebox'
import {
  ById,
  Id,
  idsOf,
  Money,
  named,
  nullable,
  object,
  oneOf,
  pageQuery,
  text,
} from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'
import { ProductCard } from './catalog.ts'

/** relevance = what fits the words best, of those what sells · the others list everything that fits. */
export const searchSorts = ['relevance', 'sales', 'new', 'price_up', 'price_down'] as const
export type SearchSort = (typeof searchSorts)[number]

export const searchTextMax = 60
const chosenMax = 20
/** Several words in one field, with commas. */
const TagList = Type.String({
  pattern: '^[^,\\u0000-\\u001f\\u007f]{1,20}(,[^,\\u0000-\\u001f\\u007f]{1,20}){0,9}$',
})

const filterFields = {
  q: Type.Optional(text(0, searchTextMax)),
  shopId: Type.Optional(Id),
  /** That category and everything below it. */
  categoryId: Type.Optional(Id),
  /** Any of these. */
  brandIds: Type.Optional(idsOf(chosenMax)),
  /** All of these, by name. */
  tags: Type.Optional(TagList),
  /** Its cheapest variant costs at least, and at most. */
  priceMinFen: Type.Optional(Money),
  priceMaxFen: Type.Optional(Money),
  /** Only what can be ordered now. */
  inStock: Type.Optional(Type.Boolean()),
  /**
   * Always false: results depend on the query, the catalogue and sales alone, never on who asks
   * (E-Commerce Law art. 18). The field is here so that clients can state it.
   */
  personal: Type.Optional(Type.Literal(false)),
}
export const SearchFilters = object(filterFields)
export type SearchFilters = Static<typeof SearchFilters>

export const SearchHit = named('SearchHit', {
  product: ProductCard,
  brandName: nullable(Type.String()),
  /** Pieces sold in paid orders; some minutes old. */
  soldCount: Type.Integer({ minimum: 0 }),
})
export type SearchHit = Static<typeof SearchHit>

export const SearchPage = named('SearchPage', {
  items: Type.Array(SearchHit),
  next: nullable(Type.String()),
  /** The words were taken for these: shown when a slip or pinyin was understood. */
  understoodAs: nullable(Type.String()),
  /** Nothing has every word; these have some. */
  isWide: Type.Boolean(),
  isPersonal: Type.Literal(false),
})
export type SearchPage = Static<typeof SearchPage>

const facetOf = <I extends typeof Id | ReturnType<typeof Type.String>>(id: I) =>
  Type.Array(object({ id, name: Type.String(), count: Type.Integer({ minimum: 1 }) }))

/**
 * How many rows the list has when a value is chosen: each count regards every filter but that of its
 * own field; categories are counted inside the chosen one. At most 20 values per field, 60 categories.
 */
export const SearchFacets = named('SearchFacets', {
  /** Rows listed with the filters as they are. */
  total: Type.Integer({ minimum: 0 }),
  brands: facetOf(Id),
  /** Ids with counts; names are those of the tree. */
  categories: Type.Array(object({ id: Id, count: Type.Integer({ minimum: 1 }) })),
  tags: facetOf(Type.String()),
  prices: Type.Array(
    object({ minFen: Money, maxFen: nullable(Money), count: Type.Integer({ minimum: 1 }) }),
  ),
  inStock: Type.Integer({ minimum: 0 }),
})
export type SearchFacets = Static<typeof SearchFacets>

export const suggestionKinds = ['query', 'brand', 'category', 'word'] as const
export const Suggestion = named('Suggestion', { text: Type.String(), kind: oneOf(suggestionKinds) })
export type Suggestion = Static<typeof Suggestion>

const read = {
  method: 'GET',
  can: 'public',
  scope: 'public',
  rate: 'read',
  idempotency: 'safe',
  audit: 'none',
} as const

export const searchApi = {
  products: endpoint({
    ...read,
    path: '/search/products',
    summary: 'Products on all shelves by words, filters and order; never personal',
    query: object({ ...filterFields, sort: Type.Optional(oneOf(searchSorts)), ...pageQuery }),
    reply: SearchPage,
    errors: [],
  }),
  facets: endpoint({
    ...read,
    path: '/search/facets',
    summary: 'Counts per brand, category, tag and price for the same filters',
    query: SearchFilters,
    reply: SearchFacets,
    errors: [],
  }),
  suggest: endpoint({
    ...read,
    path: '/search/suggestions',
    summary: 'How what is being typed may go on: characters, pinyin or initials',
    query: object({ q: text(1, searchTextMax) }),
    reply: object({ items: Type.Array(Suggestion, { maxItems: 10 }) }),
    errors: [],
  }),
  hotWords: endpoint({
    ...read,
    path: '/search/hot-words',
    summary: 'What many look for these days; counted without knowing who',
    reply: object({ items: Type.Array(Type.String(), { maxItems: 10 }) }),
    errors: [],
  }),
  similar: endpoint({
    ...read,
    path: '/products/:id/similar',
    summary: 'Others on the shelf that are like this product, nearest first',
    params: ById,
    reply: object({ items: Type.Array(SearchHit, { maxItems: 20 }) }),
    errors: ['product.not_found'],
  }),
}
