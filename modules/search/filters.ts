import type { SearchFilters, SearchSort } from '@kaibo/contract/goods/search'
import type { QueryTexts } from '@kaibo/search/query'
import { type RawBuilder, sql } from 'kysely'

/** Which of the two texts of a query is looked for. */
export type Reach = 'strict' | 'wide'
export type Asked = { filters: SearchFilters; texts: QueryTexts | null; reach: Reach }

type Condition = RawBuilder<boolean>
const always = sql<boolean>`true`
const and = (conditions: readonly Condition[]): Condition =>
  conditions.length > 0 ? sql<boolean>`${sql.join([...conditions], sql` and `)}` : always

/** What a document has to be, part by part; facets leave out their own part. */
export type Conditions = Readonly<Record<'base' | 'brand' | 'tags' | 'price' | 'stock', Condition>>

export function conditionsOf({ filters, texts, reach }: Asked): Conditions {
  const { shopId, categoryId, brandIds, tags, priceMinFen, priceMaxFen, inStock } = filters
  const base: Condition[] = []
  if (texts) base.push(sql<boolean>`words @@ ${texts[reach]}::tsquery`)
  if (shopId) base.push(sql<boolean>`shop_id = ${shopId}`)
  if (categoryId) base.push(sql<boolean>`category_ids @> array[${categoryId}]::uuid[]`)
  const price: Condition[] = []
  if (priceMinFen !== undefined) price.push(sql<boolean>`price_from_fen >= ${priceMinFen}`)
  if (priceMaxFen !== undefined) price.push(sql<boolean>`price_from_fen <= ${priceMaxFen}`)
  return {
    base: and(base),
    brand: brandIds ? sql<boolean>`brand_id = any(${brandIds.split(',')}::uuid[])` : always,
    tags: tags ? sql<boolean>`tag_names @> ${tags.split(',')}::text[]` : always,
    price: and(price),
    stock: inStock ? sql<boolean>`is_available` : always,
  }
}

export const allOf = ({ base, brand, tags, price, stock }: Conditions): Condition =>
  and([base, brand, tags, price, stock])

/** For pairs of characters, subtitle · tags · categories · title and brand. */
const weights = '{0.05, 0.3, 0.6, 1}'

/** Each order as one number and its direction; ties are broken by the newest product. */
export function orderOf(
  sort: SearchSort,
  texts: QueryTexts | null,
): { by: RawBuilder<number>; direction: 'asc' | 'desc' } {
  switch (sort) {
    case 'sales':
      return { by: sql<number>`sold_count`, direction: 'desc' }
    case 'new':
      return { by: sql<number>`listed_at`, direction: 'desc' }
    case 'price_up':
      return { by: sql<number>`price_from_fen`, direction: 'asc' }
    case 'price_down':
      return { by: sql<number>`price_from_fen`, direction: 'desc' }
    case 'relevance':
      return { by: texts ? relevance(texts) : sql<number>`quality`, direction: 'desc' }
  }
}

/** Words first; between equals sales and stock decide. Nothing here knows who asks. */
const relevance = ({ rank }: QueryTexts) =>
  sql<number>`ts_rank(${weights}::real[], words, ${rank}::tsquery) * (1 + quality)`

/** Lower ends of the price ranges that are counted, in fen; each ends where the next begins. */
export const priceSteps = [0, 50_00, 100_00, 200_00, 500_00, 1_000_00, 3_000_00] as const
