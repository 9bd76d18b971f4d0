import type { SearchFacets, SearchSort } from '@kaibo/contract/goods/search'
import type { Db } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { KnownTerm, Query, QueryTexts } from '@kaibo/search/query'
import { sql } from 'kysely'
import { type Asked, allOf, conditionsOf, orderOf, priceSteps } from './filters.ts'

export type HitRow = { productId: Id; brandName: string | null; soldCount: number }

/** Terms that a query may mean, at most 120 per way of meaning them. */
export async function termsFor(db: Db, { words, sounds, initials, nearKeys }: Query['lookUp']) {
  const columns = sql`word, sound, initials, document_count as "documentCount"`
  const most = sql`order by document_count desc, word limit 120`
  const parts = [sql`(select ${columns} from search_term where word = any(${words}))`]
  if (sounds.length > 0) {
    const isSound = sql`sound = any(${sounds}) and sound <> ''`
    parts.push(sql`(select ${columns} from search_term where ${isSound} ${most})`)
  }
  if (initials.length > 0) {
    const isInitials = sql`initials = any(${initials}) and initials <> ''`
    parts.push(sql`(select ${columns} from search_term where ${isInitials} ${most})`)
  }
  if (nearKeys.length > 0)
    parts.push(sql`(select ${columns} from search_term where near_keys && ${nearKeys} ${most})`)
  const { rows } = await sql<KnownTerm>`${sql.join(parts, sql` union `)}`.execute(db)
  return rows
}

/** Whether any document has every word, whatever the filters. */
export async function hasMatch(db: Db, { strict }: QueryTexts): Promise<boolean> {
  const { rows } = await sql`
    select from search_document where words @@ ${strict}::tsquery limit 1`.execute(db)
  return rows.length > 0
}

/** One page of what fits. */
export function pageOfHits(
  db: Db,
  asked: Asked & { sort: SearchSort },
  page: PageQuery,
): Promise<Page<HitRow>> {
  const { by, direction } = orderOf(asked.sort, asked.texts)
  const hits = sql<HitRow & { place: number }>`(
    select product_id as "productId", brand_name as "brandName", sold_count as "soldCount",
      ${by} as place
    from search_document where ${allOf(conditionsOf(asked))})`.as<'hit'>('hit')
  const query = db.selectFrom(hits).select(['hit.productId', 'hit.brandName', 'hit.soldCount'])
  const key = [
    ['hit.place', direction],
    ['hit.productId', direction],
  ] as const
  return pageBy(query, key, page)
}

type PriceCount = { step: number; count: number }
type FacetRow = Omit<SearchFacets, 'prices'> & { prices: PriceCount[] }

/** Counts in one pass over what the words, shop and category leave. */
export async function facetsOf(db: Db, asked: Asked): Promise<SearchFacets> {
  const is = conditionsOf(asked)
  const { categoryId } = asked.filters
  const inside = categoryId
    ? sql`category_ids[array_position(category_ids, ${categoryId}::uuid):]`
    : sql`category_ids`
  const list = (rows: ReturnType<typeof sql>) =>
    sql`(select coalesce(json_agg(counted), '[]') from (${rows}) counted)`
  const most = sql`order by count(*) desc, 1`
  const { rows } = await sql<FacetRow>`
    with matched as materialized (
      select brand_id, brand_name, category_ids, tag_names, is_available,
        width_bucket(price_from_fen, ${priceSteps}::bigint[]) as price_step,
        ${is.brand} as in_brand, ${is.tags} as in_tags, ${is.price} as in_price,
        ${is.stock} as in_stock
      from search_document where ${is.base})
    select
      (select count(*) from matched where in_brand and in_tags and in_price and in_stock) as total,
      (select count(*) from matched
        where in_brand and in_tags and in_price and is_available) as "inStock",
      ${list(sql`
        select brand_id as id, min(brand_name) as name, count(*)::int as count from matched
        where brand_id is not null and in_tags and in_price and in_stock
        group by brand_id ${most} limit 20`)} as brands,
      ${list(sql`
        select id, count(*)::int as count from matched, unnest(${inside}) id
        where in_brand and in_tags and in_price and in_stock
        group by id ${most} limit 60`)} as categories,
      ${list(sql`
        select id, id as name, count(*)::int as count from matched, unnest(tag_names) id
        where in_brand and in_tags and in_price and in_stock
        group by id ${most} limit 20`)} as tags,
      ${list(sql`
        select price_step as step, count(*)::int as count from matched
        where in_brand and in_tags and in_stock
        group by price_step order by price_step`)} as prices`.execute(db)
  const [row] = rows
  if (!row) throw new Error('an aggregate answers with one row')
  return { ...row, prices: row.prices.map(priceRange) }
}

function priceRange({ step, count }: PriceCount) {
  const next = priceSteps[step]
  return {
    minFen: fen(priceSteps[step - 1] ?? 0),
    maxFen: next === undefined ? null : fen(next - 1),
    count,
  }
}

const ownCategoryMax = 300

/**
 * What is on the shelf and like a product: its category first, nearest by words and brand; then
 * whatever shares brand or words.
 */
export async function similarTo(
  db: Db,
  like: { id: Id; categoryId: Id | null; brandId: Id | null; limit: number },
): Promise<HitRow[]> {
  const { id, categoryId, brandId, limit } = like
  const { rows } = await sql<HitRow>`
    with self as (
      select string_agg(quote_literal(word), ' | ')::tsquery as any_word
      from search_document, unnest(tsvector_to_array(ts_filter(words, '{a,b}'))) word
      where product_id = ${id}
    ), own as materialized (
      select * from search_document
      where category_ids @> array[${categoryId}]::uuid[] and product_id <> ${id}
      order by quality desc, product_id desc limit ${ownCategoryMax}
    ), other as materialized (
      select document.* from search_document document, self
      where product_id <> ${id} and (document.words @@ self.any_word or brand_id = ${brandId})
        and (select count(*) from own) < ${limit}
      order by quality desc, product_id desc limit ${ownCategoryMax}
    )
    select product_id as "productId", brand_name as "brandName", sold_count as "soldCount"
    from (select *, 1 as nearness from own union select *, 0 from other
      where product_id not in (select product_id from own)) near, self
    order by nearness desc,
      coalesce(ts_rank(words, any_word), 0) + case when brand_id = ${brandId} then 0.2 else 0 end
        + 0.1 * quality desc, product_id desc
    limit ${limit}`.execute(db)
  return rows
}
