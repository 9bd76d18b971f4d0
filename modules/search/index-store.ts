import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { bigramMark, readDocument, type Term } from '@kaibo/search/document'
import { sql } from 'kysely'
import type { Listing } from './listing.ts'

/** Writers of the index take turns, so that nobody overwrites a document with older facts. */
export async function lockIndex(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('search_document', 0))`.execute(tx)
}

export type Stocked = Listing & { isAvailable: boolean }

/** Writes the documents of listings and the words in them; what is the same is left alone. */
export async function putDocuments(tx: Tx, listings: readonly Stocked[]): Promise<void> {
  const documents = listings.map(listing => ({
    listing,
    document: readDocument({
      title: listing.title,
      subtitle: listing.subtitle,
      brands: listing.brandNames,
      categories: listing.categoryNames,
      tags: listing.tagNames,
    }),
  }))
  const rows = documents.map(({ listing, document }) => ({
    product_id: listing.productId,
    shop_id: listing.shopId,
    words: document.vector,
    brand_id: listing.brandId,
    brand_name: listing.brandNames[0] ?? null,
    category_ids: listing.categoryIds,
    tag_names: listing.tagNames,
    price_from_fen: listing.priceFromFen,
    price_to_fen: listing.priceToFen,
    is_available: listing.isAvailable,
    listed_at: listing.listedAt.toISOString(),
  }))
  await upsertDocuments(tx, JSON.stringify(rows))
  await addTerms(tx, new Map(documents.flatMap(each => each.document.terms).map(t => [t.word, t])))
}

const columns = sql.raw(
  `product_id, shop_id, words, brand_id, brand_name, category_ids, tag_names, price_from_fen,
   price_to_fen, is_available, listed_at`,
)

async function upsertDocuments(tx: Tx, rows: string): Promise<void> {
  await sql`
    insert into search_document (${columns}, sold_count)
    select product_id, shop_id, words::tsvector, brand_id, brand_name, category_ids, tag_names,
      price_from_fen, price_to_fen, is_available, listed_at, coalesce(sold_count, 0)
    from jsonb_to_recordset(${rows}::jsonb) as fresh (product_id uuid, shop_id uuid, words text,
      brand_id uuid, brand_name text, category_ids uuid[], tag_names text[], price_from_fen bigint,
      price_to_fen bigint, is_available boolean, listed_at timestamptz)
    left join search_sale using (product_id)
    on conflict (product_id) do update set (${columns}) = (
      select excluded.product_id, excluded.shop_id, excluded.words, excluded.brand_id,
        excluded.brand_name, excluded.category_ids, excluded.tag_names, excluded.price_from_fen,
        excluded.price_to_fen, excluded.is_available, excluded.listed_at)
    where (search_document.words, search_document.brand_id, search_document.brand_name,
        search_document.category_ids, search_document.tag_names, search_document.price_from_fen,
        search_document.price_to_fen, search_document.is_available)
      is distinct from (excluded.words, excluded.brand_id, excluded.brand_name,
        excluded.category_ids, excluded.tag_names, excluded.price_from_fen,
        excluded.price_to_fen, excluded.is_available)`.execute(tx)
}

/** Adds words that are new, and lets a name of a brand or category count as one. */
async function addTerms(tx: Tx, terms: ReadonlyMap<string, Term>): Promise<void> {
  await sql`
    insert into search_term (word, kind, sound, initials, near_keys)
    select word, kind, sound, initials, "nearKeys"
    from jsonb_to_recordset(${JSON.stringify([...terms.values()])}::jsonb)
      as fresh (word text, kind text, sound text, initials text, "nearKeys" text[])
    on conflict (word) do update set kind = excluded.kind
    where search_term.kind = 'word' and excluded.kind <> 'word'`.execute(tx)
}

/** Takes products out. */
export async function deleteDocuments(tx: Tx, ids: readonly Id[]): Promise<void> {
  await tx
    .deleteFrom('search_document')
    .where('product_id', 'in', [...ids])
    .execute()
}

/** Writes who can be ordered now; returns nothing, changes only what is different. */
export async function setAvailable(
  tx: Tx,
  levels: readonly { productId: Id; isAvailable: boolean }[],
): Promise<void> {
  await sql`
    update search_document document set is_available = fresh.is_available
    from unnest(${levels.map(level => level.productId)}::uuid[],
      ${levels.map(level => level.isAvailable)}::boolean[]) as fresh (product_id, is_available)
    where document.product_id = fresh.product_id
      and document.is_available <> fresh.is_available`.execute(tx)
}

/** Ids in the index, ascending, from after `afterId`. */
export async function documentIdsAfter(
  db: Db,
  { afterId, limit }: { afterId: Id | null; limit: number },
): Promise<Id[]> {
  let query = db.selectFrom('search_document').select('product_id').orderBy('product_id')
  if (afterId) query = query.where('product_id', '>', afterId)
  return (await query.limit(limit).execute()).map(row => row.product_id)
}

/** Counts again in how many documents each word is, and forgets words that are in none. */
export async function recountTerms(tx: Tx): Promise<void> {
  await sql`
    with found as (
      select word, ndoc from ts_stat('select words from search_document')
      where not starts_with(word, ${bigramMark})
    ), counted as (
      update search_term term set document_count = ndoc
      from found where found.word = term.word and document_count <> ndoc
    )
    delete from search_term where not exists (
      select from found where found.word = search_term.word)`.execute(tx)
}

/** Adds pieces sold. */
export async function addSales(
  tx: Tx,
  sold: readonly { productId: Id; quantity: number }[],
): Promise<void> {
  await sql`
    insert into search_sale (product_id, sold_count)
    select product_id, sum(quantity)::int
    from unnest(${sold.map(each => each.productId)}::uuid[], ${sold.map(each => each.quantity)}::int[])
      as sold (product_id, quantity)
    group by product_id order by product_id
    on conflict (product_id) do update
      set sold_count = search_sale.sold_count + excluded.sold_count, is_folded = false`.execute(tx)
}

/** Brings sales into the documents, at most `limit` products; returns how many. */
export async function foldSales(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql`
    with due as (
      update search_sale set is_folded = true
      where product_id in (select product_id from search_sale where not is_folded
        order by product_id limit ${limit} for update skip locked)
      returning product_id, sold_count
    ), folded as (
      update search_document document set sold_count = due.sold_count
      from due where due.product_id = document.product_id
    )
    select product_id from due`.execute(tx)
  return rows.length
}
