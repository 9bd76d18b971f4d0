import type { PromotionKind, PromotionRules, PromotionState } from '@kaibo/contract/offer/promotion'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type PromotionRow = {
  id: Id
  shopId: Id
  title: string
  startsAt: Date
  endsAt: Date
  endedAt: Date | null
  rules: PromotionRules
  state: PromotionState
  createdAt: Date
  /** The database's clock, by which all windows are judged. */
  now: Date
}
export type RunningRow = Pick<PromotionRow, 'id' | 'shopId' | 'title' | 'endsAt' | 'rules'>
export type NewRow = Pick<
  PromotionRow,
  'id' | 'shopId' | 'title' | 'startsAt' | 'endsAt' | 'rules'
> & { productIds: Id[] | null }

const stateOf = sql<PromotionState>`case
  when promotion.published_at is null then 'draft'
  when promotion.ended_at is not null or promotion.ends_at <= now() then 'ended'
  when promotion.starts_at > now() then 'scheduled'
  else 'running' end`

const promotions = (db: Db) =>
  db
    .selectFrom('promotion')
    .select([
      'id',
      'shop_id as shopId',
      'title',
      'starts_at as startsAt',
      'ends_at as endsAt',
      'ended_at as endedAt',
      sql<PromotionRules>`rules`.as('rules'),
      stateOf.as('state'),
      'created_at as createdAt',
      sql<Date>`now()`.as('now'),
    ])

const newestFirst = [
  ['created_at', 'desc'],
  ['id', 'desc'],
] as const

/** Promotions of a shop, newest first; `text` is looked for in the titles. */
export function pageOfShop(
  db: Db,
  q: {
    shopId: Id
    kind?: PromotionKind | undefined
    state?: PromotionState | undefined
    text?: string | undefined
    page: PageQuery
  },
): Promise<Page<PromotionRow>> {
  let query = promotions(db).where('shop_id', '=', q.shopId)
  if (q.kind) query = query.where('kind', '=', q.kind)
  if (q.state) query = query.where(stateOf, '=', q.state)
  if (q.text) query = query.where('title', 'ilike', `%${q.text.replace(/[\\%_]/g, '\\$&')}%`)
  return pageBy(query, newestFirst, q.page)
}

export const promotionById = (
  db: Db,
  { id, shopId }: { id: Id; shopId: Id },
): Promise<PromotionRow | undefined> =>
  promotions(db).where('id', '=', id).where('shop_id', '=', shopId).executeTakeFirst()

/** Published ones of a shop that are not over, but this one. */
export const openOfShop = (
  db: Db,
  { shopId, exceptId }: { shopId: Id; exceptId: Id },
): Promise<PromotionRow[]> =>
  promotions(db)
    .where('shop_id', '=', shopId)
    .where('id', '<>', exceptId)
    .where(stateOf, 'in', ['scheduled', 'running'])
    .execute()

/**
 * What runs in these shops and can be about these products: one statement for many baskets. Bundles
 * run only for those who ask for them.
 */
export async function runningFor(
  db: Db,
  q: { shopIds: readonly Id[]; productIds: readonly Id[]; bundleIds: readonly Id[] | null },
): Promise<RunningRow[]> {
  const { rows } = await sql<RunningRow>`
    select id, shop_id as "shopId", title, ends_at as "endsAt", rules from promotion
    where shop_id = any(${q.shopIds}::uuid[])
      and published_at is not null and ended_at is null and starts_at <= now() and ends_at > now()
      and (product_ids is null or product_ids && ${q.productIds}::uuid[])
      and (kind <> 'bundle' or ${q.bundleIds}::uuid[] is null or id = any(${q.bundleIds}::uuid[]))
    order by id`.execute(db)
  return rows
}

/** Changes of a shop's promotions take turns until the transaction ends. */
export async function lockShop(tx: Tx, shopId: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`promotion:${shopId}`}, 0))`.execute(tx)
}

const columnsOf = ({ title, startsAt, endsAt, rules, productIds }: NewRow) => ({
  kind: rules.kind,
  title,
  starts_at: startsAt,
  ends_at: endsAt,
  rules: JSON.stringify(rules),
  product_ids: productIds,
})

/** Adds a draft; one that is known stays as it is. */
export async function insertDraft(tx: Tx, draft: NewRow): Promise<void> {
  await tx
    .insertInto('promotion')
    .values({ id: draft.id, shop_id: draft.shopId, ...columnsOf(draft) })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function updatePlan(tx: Tx, plan: NewRow): Promise<void> {
  await tx.updateTable('promotion').set(columnsOf(plan)).where('id', '=', plan.id).execute()
}

export async function publish(tx: Tx, id: Id): Promise<void> {
  await tx.updateTable('promotion').set({ published_at: sql`now()` }).where('id', '=', id).execute()
}

export async function end(tx: Tx, id: Id): Promise<void> {
  await tx.updateTable('promotion').set({ ended_at: sql`now()` }).where('id', '=', id).execute()
}

export async function removeDraft(tx: Tx, id: Id): Promise<void> {
  await tx.deleteFrom('promotion').where('id', '=', id).where('published_at', 'is', null).execute()
}

export async function databaseNow(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select now()`.execute(db)
  return must(rows[0], 'the database knows the time').now
}
