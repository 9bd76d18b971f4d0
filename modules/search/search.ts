import { fail } from '@kaibo/contract/core/fail'
import type {
  SearchFacets,
  SearchFilters,
  SearchHit,
  SearchPage,
  SearchSort,
  Suggestion,
} from '@kaibo/contract/goods/search'
import type { Database, Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { PageQuery } from '@kaibo/kernel/page'
import type { Catalog } from '@kaibo/modules/catalog'
import {
  type Group,
  type QueryTexts,
  queryTextsOf,
  readQuery,
  understand,
} from '@kaibo/search/query'
import { beginningsOf } from '@kaibo/search/suggest'
import type { Reach } from './filters.ts'
import type { QueryCounter } from './query-counter.ts'
import * as store from './store.ts'
import * as words from './word-store.ts'

export type SearchNeeds = {
  database: Database
  catalog: Pick<Catalog, 'cardsByIds'>
  counter: QueryCounter
}

type Meaning = { groups: Group[]; texts: QueryTexts | null }

const suggestionsMax = 10
const hotWordsMax = 10
const similarMax = 12

/**
 * One page of what fits. When no product has every word, products that have some of them are listed,
 * and the page says so. The same for everybody who asks (E-Commerce Law art. 18).
 */
export async function findProducts(
  needs: SearchNeeds,
  query: SearchFilters & { sort?: SearchSort } & PageQuery,
): Promise<SearchPage> {
  const { db } = needs.database
  const { cursor, limit, sort = 'relevance', ...filters } = query
  const { groups, texts } = await meaningOf(db, filters.q ?? '')
  if (filters.q && !texts) return nothing
  const place = placeOf(cursor)
  const ask = (reach: Reach) =>
    store.pageOfHits(db, { filters, texts, reach, sort }, { limit, cursor: place.cursor })
  let { reach } = place
  let found = await ask(reach)
  if (!cursor && texts && found.items.length === 0 && !(await store.hasMatch(db, texts))) {
    reach = 'wide'
    found = await ask(reach)
  }
  if (!cursor && reach === 'strict' && found.items.length > 0) needs.counter.count(groups)
  return {
    items: await hitsOf(needs, found.items),
    next: found.next && cursorOf(reach, found.next),
    understoodAs: understoodAs(groups),
    isWide: reach === 'wide',
    isPersonal: false,
  }
}

const nothing: SearchPage = {
  items: [],
  next: null,
  understoodAs: null,
  isWide: false,
  isPersonal: false,
}

/** Later pages look as far as the first one did. */
const wideMark = 'w.'
const cursorOf = (reach: Reach, cursor: string) => (reach === 'wide' ? wideMark + cursor : cursor)
const placeOf = (cursor: string | undefined): { reach: Reach; cursor: string | undefined } =>
  cursor?.startsWith(wideMark)
    ? { reach: 'wide', cursor: cursor.slice(wideMark.length) }
    : { reach: 'strict', cursor }

/** Counts for the filters; they equal the rows that are listed. */
export async function countFacets(
  { database: { db } }: SearchNeeds,
  filters: SearchFilters,
): Promise<SearchFacets> {
  const { texts } = await meaningOf(db, filters.q ?? '')
  if (filters.q && !texts) return noFacets
  const isStrict = !texts || (await store.hasMatch(db, texts))
  return store.facetsOf(db, { filters, texts, reach: isStrict ? 'strict' : 'wide' })
}

const noFacets: SearchFacets = {
  total: 0,
  brands: [],
  categories: [],
  tags: [],
  prices: [],
  inStock: 0,
}

/** How what is being typed may go on. */
export async function suggest({ database: { db } }: SearchNeeds, q: string): Promise<Suggestion[]> {
  const beginnings = beginningsOf(q)
  return beginnings ? words.suggestionsFor(db, beginnings, suggestionsMax) : []
}

export const hotWords = ({ database: { db } }: SearchNeeds): Promise<string[]> =>
  words.hotWords(db, hotWordsMax)

/** Others like a product that is, or once was, on the shelf. Throws `product.not_found`. */
export async function similarTo(needs: SearchNeeds, id: Id): Promise<SearchHit[]> {
  const { db } = needs.database
  const [card] = await needs.catalog.cardsByIds(db, [id])
  if (!card) throw fail('product.not_found')
  const { categoryId, brandId } = card
  return hitsOf(needs, await store.similarTo(db, { id, categoryId, brandId, limit: similarMax }))
}

async function meaningOf(db: Db, q: string): Promise<Meaning> {
  const query = readQuery(q)
  if (query.runs.length === 0) return { groups: [], texts: null }
  const groups = understand(query, await store.termsFor(db, query.lookUp))
  return { groups, texts: queryTextsOf(groups) }
}

/** What a slip or pinyin was taken for; null when nothing was guessed. */
const understoodAs = (groups: readonly Group[]): string | null =>
  groups.some(group => group.isGuess)
    ? groups.map(group => group.words[0] ?? group.typed).join(' ')
    : null

/** Cards as they are now: what left the shelf a moment ago is not shown, whatever the index says. */
async function hitsOf(
  { database: { db }, catalog }: SearchNeeds,
  rows: readonly store.HitRow[],
): Promise<SearchHit[]> {
  const cards = await catalog.cardsByIds(
    db,
    rows.map(row => row.productId),
  )
  const byId = new Map(cards.map(card => [card.id, card]))
  return rows.flatMap(({ productId, brandName, soldCount }) => {
    const product = byId.get(productId)
    return product?.state === 'on_shelf' ? [{ product, brandName, soldCount }] : []
  })
}
