import type { SanctionKind } from '@kaibo/contract/show/moderation'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type SanctionRow = {
  id: Id
  kind: SanctionKind
  shopId: Id
  liveId: Id
  userId: Id
  byId: Id
  reason: string
  createdAt: Date
  endsAt: Date | null
  liftedBy: Id | null
  isActive: boolean
}

const isActive = sql<boolean>`(lifted_at is null
  and (ends_at is null or ends_at > clock_timestamp()))`

const columns = [
  'id',
  sql<SanctionKind>`kind`.as('kind'),
  'shop_id as shopId',
  'live_id as liveId',
  'user_id as userId',
  'by_id as byId',
  'reason',
  'created_at as createdAt',
  'ends_at as endsAt',
  'lifted_by as liftedBy',
  isActive.as('isActive'),
] as const

/** Whoever writes as this person or judges them in this shop takes turns until the transaction ends. */
export async function lockPerson(tx: Tx, { shopId, userId }: Person): Promise<void> {
  const key = `moderation:${shopId}:${userId}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx)
}

export type Person = { shopId: Id; userId: Id }
export type NewSanction = Person &
  Pick<SanctionRow, 'id' | 'kind' | 'liveId' | 'byId' | 'reason'> & { durationSec: number | null }

/** Adds a sanction; undefined when its id exists. */
export const insert = (tx: Tx, wanted: NewSanction): Promise<SanctionRow | undefined> =>
  tx
    .insertInto('moderation_sanction')
    .values({
      id: wanted.id,
      kind: wanted.kind,
      shop_id: wanted.shopId,
      live_id: wanted.liveId,
      user_id: wanted.userId,
      by_id: wanted.byId,
      reason: wanted.reason,
      ends_at: sql<Date | null>`clock_timestamp() + make_interval(secs => ${wanted.durationSec})`,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .returning(columns)
    .executeTakeFirst()

export const byId = (db: Db, id: Id): Promise<SanctionRow | undefined> =>
  db.selectFrom('moderation_sanction').select(columns).where('id', '=', id).executeTakeFirst()

/** Looking for people of one shop takes turns, so that a day's limit holds. */
export async function lockFinds(tx: Tx, shopId: Id): Promise<void> {
  const key = `moderation.find:${shopId}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx)
}

/** How often the shop looked for somebody within a day; what is older is forgotten. */
export async function findsToday(tx: Tx, shopId: Id): Promise<number> {
  await tx
    .deleteFrom('moderation_find')
    .where('shop_id', '=', shopId)
    .where('at', '<', sql<Date>`clock_timestamp() - interval '1 day'`)
    .execute()
  const { count } = await tx
    .selectFrom('moderation_find')
    .select(from => from.fn.countAll<number>().as('count'))
    .where('shop_id', '=', shopId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function addFind(tx: Tx, find: { shopId: Id; byId: Id }): Promise<void> {
  await tx
    .insertInto('moderation_find')
    .values({ shop_id: find.shopId, by_id: find.byId })
    .execute()
}

/** Ends what holds of this kind, because another one takes its place. */
export async function replace(
  tx: Tx,
  { shopId, userId, kind }: Person & { kind: SanctionKind },
): Promise<void> {
  await tx
    .updateTable('moderation_sanction')
    .set({ lifted_at: sql<Date>`clock_timestamp()` })
    .where('shop_id', '=', shopId)
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('lifted_at', 'is', null)
    .execute()
}

/** Takes a sanction back; undefined when it does not hold any more. */
export const lift = (
  tx: Tx,
  { id, byId: liftedBy }: { id: Id; byId: Id },
): Promise<SanctionRow | undefined> =>
  tx
    .updateTable('moderation_sanction')
    .set({ lifted_at: sql<Date>`clock_timestamp()`, lifted_by: liftedBy })
    .where('id', '=', id)
    .where(isActive)
    .returning(columns)
    .executeTakeFirst()

/** What holds against a person in a shop. */
export const activeOf = (db: Db, { shopId, userId }: Person): Promise<SanctionRow[]> =>
  db
    .selectFrom('moderation_sanction')
    .select(columns)
    .where('shop_id', '=', shopId)
    .where('user_id', '=', userId)
    .where(isActive)
    .execute()

/** What keeps these people out of rooms. */
export const closedTo = (
  db: Db,
  userIds: readonly Id[],
): Promise<Pick<SanctionRow, 'kind' | 'shopId' | 'liveId' | 'userId'>[]> =>
  db
    .selectFrom('moderation_sanction')
    .select([
      sql<SanctionKind>`kind`.as('kind'),
      'shop_id as shopId',
      'live_id as liveId',
      'user_id as userId',
    ])
    .where('user_id', '=', sql<Id>`any(${userIds}::uuid[])`)
    .where('kind', 'in', ['kick', 'ban'])
    .where(isActive)
    .execute()

/** Sanctions of a shop, newest first: those that hold, or all. */
export const pageOfShop = (
  db: Db,
  { shopId, onlyActive, ...page }: { shopId: Id; onlyActive: boolean } & PageQuery,
): Promise<Page<SanctionRow>> =>
  pageBy(
    db
      .selectFrom('moderation_sanction')
      .select(columns)
      .where('shop_id', '=', shopId)
      .$if(onlyActive, query => query.where(isActive)),
    [
      ['created_at', 'desc'],
      ['id', 'desc'],
    ],
    page,
  )
