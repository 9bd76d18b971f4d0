import type { PointsEntry, PointsReason, PointsSettings } from '@kaibo/contract/offer/points'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'
import type { Lot, Taken } from './rules.ts'

/** The settings and the database's time. */
export async function readSettings(db: Db): Promise<{ settings: PointsSettings; now: Date }> {
  const { rows } = await sql<PointsSettings & { now: Date }>`
    select is_on as "isOn", earned_per_yuan as "earnedPerYuan",
      points_per_yuan as "pointsPerYuan", share_max_bps as "shareMaxBps",
      expiry, valid_days as "validDays", now() as now
    from points_setting`.execute(db)
  const { now, ...settings } = must(rows[0], 'the settings have one row')
  return { settings, now }
}

export async function writeSettings(tx: Tx, settings: PointsSettings): Promise<void> {
  await tx
    .updateTable('points_setting')
    .set({
      is_on: settings.isOn,
      earned_per_yuan: settings.earnedPerYuan,
      points_per_yuan: settings.pointsPerYuan,
      share_max_bps: settings.shareMaxBps,
      expiry: settings.expiry,
      valid_days: settings.validDays,
    })
    .execute()
}

/** What people can spend now: lots that have expired do not count, booked out or not. */
export async function balancesOf(db: Db, userIds: readonly Id[]): Promise<Map<Id, number>> {
  const { rows } = await sql<{ userId: Id; balance: number }>`
    select user_id as "userId", sum(left_points)::bigint as balance from points_lot
    where user_id = any(${userIds}::uuid[]) and left_points > 0 and expires_at > now()
    group by user_id`.execute(db)
  return new Map(rows.map(row => [row.userId, row.balance]))
}

/** The next points of a person to expire. */
export async function nextExpiring(
  db: Db,
  userId: Id,
): Promise<{ points: number; at: Date } | undefined> {
  const { rows } = await sql<{ points: number; at: Date }>`
    select sum(left_points)::bigint as points, expires_at as at from points_lot
    where user_id = ${userId} and left_points > 0 and expires_at > now()
    group by expires_at order by expires_at limit 1`.execute(db)
  return rows[0]
}

/** Locks accounts in id order, so that no two transactions wait for each other. */
export async function lockAccounts(tx: Tx, userIds: readonly Id[]): Promise<void> {
  await sql`select from points_account where user_id = any(${userIds}::uuid[])
    order by user_id for update`.execute(tx)
}

/** Makes sure that a person has an account, and locks it. */
export async function openAccount(tx: Tx, userId: Id): Promise<void> {
  await sql`insert into points_account (user_id) values (${userId})
    on conflict do nothing`.execute(tx)
  await lockAccounts(tx, [userId])
}

/** What these people can spend, the soonest to expire first; behind the locks of the accounts. */
export async function openLots(db: Db, userIds: readonly Id[]): Promise<Lot[]> {
  const { rows } = await sql<Lot>`
    select id, user_id as "userId", left_points as left from points_lot
    where user_id = any(${userIds}::uuid[]) and left_points > 0 and expires_at > now()
    order by expires_at, id`.execute(db)
  return rows
}

/** One change of one account. */
export type Change = { userId: Id; reason: PointsReason; causeId: Id; delta: number }

/**
 * Writes changes to the log and to the balances in one statement: the only way a balance changes.
 * The caller holds the locks of the accounts and moves the lots.
 */
export async function applyChanges(tx: Tx, changes: readonly Change[]): Promise<void> {
  await sql`
    with asked as (
      select * from unnest(
        ${changes.map(change => change.userId)}::uuid[],
        ${changes.map(change => change.reason)}::text[],
        ${changes.map(change => change.causeId)}::uuid[],
        ${changes.map(change => change.delta)}::bigint[]
      ) with ordinality as asked (user_id, reason, cause_id, delta, position)
    ), total as (
      select user_id, sum(delta)::bigint as delta from asked group by user_id
    ), changed as (
      update points_account account set balance = account.balance + total.delta
      from total where total.user_id = account.user_id
      returning account.user_id, account.balance - total.delta as before
    )
    insert into points_entry (user_id, reason, cause_id, delta, balance_after)
    select asked.user_id, reason, cause_id, delta, changed.before + sum(delta) over (
      partition by asked.user_id order by position)
    from asked join changed using (user_id) order by position`.execute(tx)
}

/** A new lot; false when its cause has made one before. */
export async function insertLot(
  tx: Tx,
  lot: { userId: Id; causeId: Id; points: number; expiresAt: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into points_lot (id, user_id, cause_id, points, left_points, expires_at)
    values (${newId()}, ${lot.userId}, ${lot.causeId}, ${lot.points}, ${lot.points},
      ${lot.expiresAt})
    on conflict (cause_id) do nothing returning id`.execute(tx)
  return rows.length > 0
}

/** Takes points out of lots and remembers for which order. */
export async function takeLots(tx: Tx, taken: readonly Taken[]): Promise<void> {
  await sql`
    with asked as (
      select * from unnest(
        ${taken.map(each => each.orderId)}::uuid[],
        ${taken.map(each => each.lotId)}::uuid[],
        ${taken.map(each => each.points)}::bigint[]
      ) as asked (order_id, lot_id, points)
    ), smaller as (
      update points_lot lot set left_points = left_points - total.points
      from (select lot_id, sum(points) as points from asked group by lot_id) total
      where lot.id = total.lot_id
    )
    insert into points_spend (order_id, lot_id, points)
    select order_id, lot_id, points from asked`.execute(tx)
}

/** Of these orders, those that have taken points and hold them. */
export async function spendersAmong(
  db: Db,
  orderIds: readonly Id[],
): Promise<{ orderId: Id; userId: Id; points: number }[]> {
  const { rows } = await sql<{ orderId: Id; userId: Id; points: number }>`
    select order_id as "orderId", user_id as "userId", sum(spend.points)::bigint as points
    from points_spend spend join points_lot lot on lot.id = spend.lot_id
    where order_id = any(${orderIds}::uuid[])
    group by order_id, user_id order by order_id`.execute(db)
  return rows
}

/** Puts what orders took back into the lots it came from, and forgets that they took it. */
export async function refillLots(tx: Tx, orderIds: readonly Id[]): Promise<void> {
  await sql`
    with back as (
      delete from points_spend where order_id = any(${orderIds}::uuid[]) returning lot_id, points
    )
    update points_lot lot set left_points = left_points + total.points
    from (select lot_id, sum(points) as points from back group by lot_id) total
    where lot.id = total.lot_id`.execute(tx)
}

/** People with points that have expired. */
export async function peopleDue(db: Db, limit: number): Promise<Id[]> {
  const { rows } = await sql<{ userId: Id }>`
    select distinct user_id as "userId" from (
      select user_id from points_lot
      where left_points > 0 and expires_at <= now() order by expires_at limit ${limit}
    ) due`.execute(db)
  return rows.map(row => row.userId)
}

/** Empties lots that have expired; behind the locks of the accounts. */
export async function emptyDueLots(tx: Tx, userIds: readonly Id[]): Promise<Lot[]> {
  const { rows } = await sql<Lot>`
    with due as (
      select id, user_id, left_points from points_lot
      where user_id = any(${userIds}::uuid[]) and left_points > 0 and expires_at <= now()
    ), emptied as (
      update points_lot set left_points = 0 from due where points_lot.id = due.id
    )
    select id, user_id as "userId", left_points as left from due order by id`.execute(tx)
  return rows
}

/** The log of a person, newest first. */
export async function pageOfEntries(
  db: Db,
  userId: Id,
  page: PageQuery,
): Promise<Page<PointsEntry>> {
  const query = db
    .selectFrom('points_entry')
    .where('user_id', '=', userId)
    .select([
      'id',
      sql<PointsReason>`reason`.as('reason'),
      sql<number>`delta`.as('delta'),
      sql<number>`balance_after`.as('balanceAfter'),
      sql<Id | null>`case when reason <> 'expire' then cause_id end`.as('orderId'),
      'at',
    ])
  const { items, next } = await pageBy(query, [['sequence', 'desc']], page)
  return { items: items.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })), next }
}
