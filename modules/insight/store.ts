import type { SignalKind } from '@kaibo/contract/show/insight'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

export type Visit = { liveId: Id; personId: Id; isActive: boolean }

/**
 * Notes who came, once each, and counts those who are new or active for the first time. The same
 * visit may be there once only.
 */
export async function noteVisits(tx: Tx, visits: readonly Visit[]): Promise<void> {
  const column = <K extends keyof Visit>(key: K) => visits.map(visit => visit[key])
  await sql`
    insert into insight_session (live_id)
    select distinct live_id from unnest(${column('liveId')}::uuid[]) as visit (live_id)
    order by live_id
    on conflict do nothing`.execute(tx)
  await sql`
    with noted as (
      insert into insight_viewer as viewer (live_id, person_id, is_active)
      select * from unnest(${column('liveId')}::uuid[], ${column('personId')}::uuid[],
        ${column('isActive')}::boolean[])
      order by 1, 2
      on conflict (live_id, person_id) do update set is_active = true
        where excluded.is_active and not viewer.is_active
      returning live_id, is_active, xmax = 0 as is_new
    ), more as (
      select live_id, count(*) filter (where is_new) as viewer_count,
        count(*) filter (where is_active) as active_count
      from noted group by live_id
    )
    update insight_session as session set noted_at = now(),
      viewer_count = session.viewer_count + more.viewer_count,
      active_count = session.active_count + more.active_count
    from more where session.live_id = more.live_id`.execute(tx)
}

export type Signal = { liveId: Id; productId: Id; kind: SignalKind; personId: Id }

/** Counts signals in this minute of the database's clock, each once. */
export async function insertSignals(tx: Tx, signals: readonly Signal[]): Promise<void> {
  const column = <K extends keyof Signal>(key: K) => signals.map(signal => signal[key])
  await sql`
    with written as (
      insert into insight_signal (live_id, minute, product_id, kind, person_id)
      select live_id, date_trunc('minute', now()), product_id, kind, person_id
      from unnest(${column('liveId')}::uuid[], ${column('productId')}::uuid[],
        ${column('kind')}::text[], ${column('personId')}::uuid[])
        as signal (live_id, product_id, kind, person_id)
      order by live_id, product_id, kind, person_id
      on conflict do nothing returning live_id, minute, product_id, kind
    )
    insert into insight_minute as known (live_id, minute, product_id, click_count, cart_count)
    select live_id, minute, product_id, count(*) filter (where kind = 'click'),
      count(*) filter (where kind = 'cart')
    from written group by live_id, minute, product_id order by live_id, minute, product_id
    on conflict (live_id, minute, product_id) do update set
      click_count = known.click_count + excluded.click_count,
      cart_count = known.cart_count + excluded.cart_count`.execute(tx)
}

export type OnlineNow = { id: Id; onlineCount: number }

/** Keeps how many are connected in this slot of `everySec`; whoever is first in a slot writes it. */
export async function insertSamples(
  tx: Tx,
  { rooms, everySec }: { rooms: readonly OnlineNow[]; everySec: number },
): Promise<void> {
  await sql`
    insert into insight_sample (live_id, at, online_count)
    select live_id, date_bin(make_interval(secs => ${everySec}), now(), 'epoch'), online_count
    from unnest(${rooms.map(room => room.id)}::uuid[],
      ${rooms.map(room => room.onlineCount)}::integer[]) as room (live_id, online_count)
    where online_count > 0
    order by live_id
    on conflict do nothing`.execute(tx)
}

export async function viewersOf(
  db: Db,
  liveId: Id,
): Promise<{ viewerCount: number; activeCount: number }> {
  const counted = await db
    .selectFrom('insight_session')
    .select(['viewer_count as viewerCount', 'active_count as activeCount'])
    .where('live_id', '=', liveId)
    .executeTakeFirst()
  return counted ?? { viewerCount: 0, activeCount: 0 }
}

export type SignalCount = {
  /** Null in rows that count a minute, and the other way round. */
  productId: Id | null
  minute: Date | null
  clickCount: number
  cartCount: number
  recentClickCount: number
  recentCartCount: number
}

/** Signals by product and by minute; recent ones are of the last `recentSec`. */
export async function signalCounts(
  db: Db,
  { liveId, recentSec }: { liveId: Id; recentSec: number },
): Promise<SignalCount[]> {
  const recent = sql`minute > now() - make_interval(secs => ${recentSec})`
  const { rows } = await sql<SignalCount>`
    select product_id as "productId", minute, sum(click_count)::int as "clickCount",
      sum(cart_count)::int as "cartCount",
      coalesce(sum(click_count) filter (where ${recent}), 0)::int as "recentClickCount",
      coalesce(sum(cart_count) filter (where ${recent}), 0)::int as "recentCartCount"
    from insight_minute where live_id = ${liveId}
    group by grouping sets ((product_id), (minute))`.execute(db)
  return rows
}

export type OnlineMinute = { minute: Date; onlineCount: number; watchedSec: number }

/** Connected people by minute: the mean, and how long all of them together watched. */
export async function onlineMinutes(
  db: Db,
  { liveId, everySec }: { liveId: Id; everySec: number },
): Promise<OnlineMinute[]> {
  const { rows } = await sql<OnlineMinute>`
    select date_trunc('minute', at) as minute, round(avg(online_count))::int as "onlineCount",
      sum(online_count) * ${everySec}::int as "watchedSec"
    from insight_sample where live_id = ${liveId} group by 1`.execute(db)
  return rows
}

/** Forgets single signals that are counted, and who came to sessions that are over for long. */
export async function forget(
  tx: Tx,
  { signalHours, viewerDays }: { signalHours: number; viewerDays: number },
): Promise<void> {
  await sql`delete from insight_signal
    where minute < now() - make_interval(hours => ${signalHours})`.execute(tx)
  await sql`delete from insight_viewer using insight_session session
    where session.live_id = insight_viewer.live_id
      and noted_at < now() - make_interval(days => ${viewerDays})`.execute(tx)
}
