import type { SignalKind } from '@kaibo/contract/insight'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { sql } from 'kysely'

export type Visit = { liveId: Id; personId: Id; isActive: boolean }

/** Notes who came; active once is active for ever. The same visit may be there once only. */
export async function noteVisits(tx: Tx, visits: readonly Visit[]): Promise<void> {
  const column = <K extends keyof Visit>(key: K) => visits.map(visit => visit[key])
  await sql`
    insert into insight_viewer as viewer (live_id, person_id, is_active)
    select * from unnest(${column('liveId')}::uuid[], ${column('personId')}::uuid[],
      ${column('isActive')}::boolean[])
    order by 1, 2
    on conflict (live_id, person_id) do update set is_active = true
      where excluded.is_active and not viewer.is_active`.execute(tx)
}

export type Signal = { liveId: Id; productId: Id; kind: SignalKind; personId: Id }

/** Counts signals in this minute of the database's clock, each once. */
export async function insertSignals(tx: Tx, signals: readonly Signal[]): Promise<void> {
  const column = <K extends keyof Signal>(key: K) => signals.map(signal => signal[key])
  await sql`
    insert into insight_signal (live_id, minute, product_id, kind, person_id)
    select live_id, date_trunc('minute', now()), product_id, kind, person_id
    from unnest(${column('liveId')}::uuid[], ${column('productId')}::uuid[],
      ${column('kind')}::text[], ${column('personId')}::uuid[])
      as signal (live_id, product_id, kind, person_id)
    order by live_id, product_id, kind, person_id
    on conflict do nothing`.execute(tx)
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

/** Whose numbers: those of a session, without people who are not real. */
type Asked = { liveId: Id; exceptIds: readonly Id[] }

export async function viewersOf(
  db: Db,
  { liveId, exceptIds }: Asked,
): Promise<{ viewerCount: number; activeCount: number }> {
  const { rows } = await sql<{ viewerCount: number; activeCount: number }>`
    select count(*) as "viewerCount", count(*) filter (where is_active) as "activeCount"
    from insight_viewer
    where live_id = ${liveId} and person_id <> all(${exceptIds}::uuid[])`.execute(db)
  return must(rows[0], 'an aggregate has one row')
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
  { liveId, exceptIds, recentSec }: Asked & { recentSec: number },
): Promise<SignalCount[]> {
  const recent = sql`minute > now() - make_interval(secs => ${recentSec})`
  const { rows } = await sql<SignalCount>`
    select product_id as "productId", minute,
      count(*) filter (where kind = 'click') as "clickCount",
      count(*) filter (where kind = 'cart') as "cartCount",
      count(*) filter (where kind = 'click' and ${recent}) as "recentClickCount",
      count(*) filter (where kind = 'cart' and ${recent}) as "recentCartCount"
    from insight_signal
    where live_id = ${liveId} and person_id <> all(${exceptIds}::uuid[])
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
