import type { Db, Tx } from '@kaibo/db/database'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Fen } from '@kaibo/kernel/money'
import { sql } from 'kysely'

export type Link = {
  readonly id: Id
  readonly liveId: Id
  readonly shopId: Id
  readonly sharerId: Id
}

/** The link of a person for a room, made when there is none. */
export async function ensureLink(
  tx: Tx,
  { liveId, shopId, sharerId }: Omit<Link, 'id'>,
): Promise<Id> {
  const { rows } = await sql<{ id: Id }>`
    insert into share_link (id, live_id, shop_id, sharer_id)
    values (${newId()}, ${liveId}, ${shopId}, ${sharerId})
    on conflict (live_id, sharer_id) do update set sharer_id = excluded.sharer_id
    returning id`.execute(tx)
  return must(rows[0], 'an upserted row').id
}

export const linkById = (db: Db, id: Id): Promise<Link | undefined> =>
  db
    .selectFrom('share_link')
    .select(['id', 'live_id as liveId', 'shop_id as shopId', 'sharer_id as sharerId'])
    .where('id', '=', id)
    .executeTakeFirst()

/** The shops that links lead to; unknown ones are missing. */
export async function shopIdsOf(db: Db, ids: readonly Id[]): Promise<Map<Id, Id>> {
  const { rows } = await sql<{ id: Id; shopId: Id }>`
    select id, shop_id as "shopId" from share_link where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.id, row.shopId]))
}

type Visit = { readonly link: Link; readonly deviceId: Id }

/** Somebody unknown came: new, unless this browser came before, whoever used it then. */
export async function noteDevice(tx: Tx, { link, deviceId }: Visit): Promise<void> {
  await sql`
    insert into share_visit (share_id, shop_id, device_id)
    select ${link.id}, ${link.shopId}, ${deviceId} where not exists (
      select 1 from share_visit where share_id = ${link.id} and device_id = ${deviceId}
    ) on conflict do nothing`.execute(tx)
}

/** A person came; they are no longer somebody unknown on this device. */
export async function notePerson(
  tx: Tx,
  { link, deviceId, userId }: Visit & { userId: Id },
): Promise<void> {
  await sql`
    insert into share_visit (share_id, shop_id, device_id, user_id)
    values (${link.id}, ${link.shopId}, ${deviceId}, ${userId})
    on conflict (share_id, user_id) where user_id is not null
    do update set came_at = excluded.came_at, device_id = excluded.device_id`.execute(tx)
  await forgetDevice(tx, { link, deviceId })
}

/** Whoever came unknown on this device turned out to be somebody. */
export async function forgetDevice(tx: Tx, { link, deviceId }: Visit): Promise<void> {
  await tx
    .deleteFrom('share_visit')
    .where('share_id', '=', link.id)
    .where('device_id', '=', deviceId)
    .where('user_id', 'is', null)
    .execute()
}

/** What is told about one order takes turns until the transaction ends. */
export async function lockOrder(tx: Tx, orderId: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`share.order:${orderId}`}, 0))`.execute(
    tx,
  )
}

type PaidOrder = { orderId: Id; buyerId: Id; shopId: Id; amountFen: Fen; windowSec: number }

/** Counts an order for the link by which its buyer entered a room of the shop last, if not too long ago. */
export async function attribute(tx: Tx, order: PaidOrder): Promise<void> {
  await sql`
    insert into share_order (order_id, share_id, amount_fen)
    select ${order.orderId}::uuid, share_id, ${order.amountFen}::bigint from share_visit
    where user_id = ${order.buyerId} and shop_id = ${order.shopId}
      and came_at > clock_timestamp() - make_interval(secs => ${order.windowSec})
    order by came_at desc limit 1
    on conflict (order_id) do nothing`.execute(tx)
}

export async function forgetOrder(tx: Tx, orderId: Id): Promise<void> {
  await tx.deleteFrom('share_order').where('order_id', '=', orderId).execute()
}

export type Totals = { visitorCount: number; orderCount: number; amountFen: Fen }

/** What came of the links of a room, those with the most visitors first. */
export async function totalsOf(
  db: Db,
  { liveId, sharerId = null, limit }: { liveId: Id; sharerId?: Id | null; limit: number },
): Promise<(Totals & { sharerId: Id })[]> {
  const { rows } = await sql<Totals & { sharerId: Id }>`
    select sharer_id as "sharerId", visits.count as "visitorCount",
      orders.count as "orderCount", orders.fen as "amountFen"
    from share_link link,
      lateral (select count(*) from share_visit where share_id = link.id) visits,
      lateral (
        select count(*), coalesce(sum(amount_fen), 0)::bigint as fen
        from share_order where share_id = link.id
      ) orders
    where live_id = ${liveId} and (${sharerId}::uuid is null or sharer_id = ${sharerId}::uuid)
    order by visits.count desc, orders.count desc, created_at, id
    limit ${limit}`.execute(db)
  return rows
}
