import type { AlertKind } from '@kaibo/contract/media/patrol-life'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import { type Id, newId } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'
import { memoryDays } from '../rules.ts'

export type AlertRow = {
  id: Id
  liveId: Id
  shopId: Id
  kind: AlertKind
  label: string
  excerpt: string
  isBlocking: boolean
  count: number
  firstAt: Date
  lastAt: Date
  handledAt: Date | null
  handledBy: Id | null
}

const columns = [
  'id',
  'live_id as liveId',
  'shop_id as shopId',
  sql<AlertKind>`kind`.as('kind'),
  'label',
  'excerpt',
  'is_blocking as isBlocking',
  'count',
  'first_at as firstAt',
  'last_at as lastAt',
  'handled_at as handledAt',
  'handled_by as handledBy',
] as const

const alerts = (db: Db) => db.selectFrom('patrol_alert').select(columns)

export type NewAlert = Pick<
  AlertRow,
  'liveId' | 'shopId' | 'kind' | 'label' | 'excerpt' | 'isBlocking'
>

const labelCharsMax = 60
const excerptCharsMax = 200

/** Raises an alert, or counts once more what is open already. */
export async function raise(tx: Tx, alert: NewAlert): Promise<void> {
  const label = alert.label.slice(0, labelCharsMax).toWellFormed()
  const excerpt = alert.excerpt.slice(0, excerptCharsMax).toWellFormed()
  await sql`
    insert into patrol_alert (id, live_id, shop_id, kind, label, excerpt, is_blocking)
    values (${newId()}, ${alert.liveId}, ${alert.shopId}, ${alert.kind}, ${label}, ${excerpt},
      ${alert.isBlocking})
    on conflict (live_id, kind, label) where handled_at is null do update set
      count = patrol_alert.count + 1, last_at = excluded.last_at, excerpt = excluded.excerpt,
      is_blocking = patrol_alert.is_blocking or excluded.is_blocking`.execute(tx)
}

export const openOf = (db: Db, liveIds: readonly Id[]): Promise<AlertRow[]> =>
  alerts(db)
    .where('live_id', '=', sql<Id>`any(${liveIds}::uuid[])`)
    .where('handled_at', 'is', null)
    .orderBy('last_at', 'desc')
    .limit(1_000)
    .execute()

export async function openCount(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('patrol_alert')
    .select(sql<number>`count(*)`.as('count'))
    .where('handled_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

export const page = (
  db: Db,
  { isOpen, ...query }: { isOpen: boolean } & PageQuery,
): Promise<Page<AlertRow>> =>
  pageBy(
    alerts(db).where('handled_at', isOpen ? 'is' : 'is not', null),
    [
      ['last_at', 'desc'],
      ['id', 'desc'],
    ],
    query,
  )

/** Marks an alert as looked at; one that was stays as it is. Undefined when there is none. */
export async function handle(
  tx: Tx,
  { id, byId }: { id: Id; byId: Id },
): Promise<AlertRow | undefined> {
  await tx
    .updateTable('patrol_alert')
    .set({ handled_at: sql<Date>`now()`, handled_by: byId })
    .where('id', '=', id)
    .where('handled_at', 'is', null)
    .execute()
  return alerts(tx).where('id', '=', id).executeTakeFirst()
}

/** Marks every open alert of a room, or those of one kind; `byId` null: they went away by themselves. */
export async function handleAll(
  tx: Tx,
  liveId: Id,
  { kind, byId }: { kind?: AlertKind; byId: Id | null },
): Promise<void> {
  await tx
    .updateTable('patrol_alert')
    .set({ handled_at: sql<Date>`now()`, handled_by: byId })
    .where('live_id', '=', liveId)
    .$if(kind !== undefined, open => open.where('kind', '=', kind ?? ''))
    .where('handled_at', 'is', null)
    .execute()
}

/** Forgets what was handled long ago. */
export async function forget(tx: Tx): Promise<void> {
  await sql`delete from patrol_alert
      where handled_at < now() - make_interval(days => ${memoryDays})`.execute(tx)
}
