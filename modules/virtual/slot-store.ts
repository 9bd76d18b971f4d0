import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type SlotRow = {
  id: Id
  skuId: Id
  startsAt: Date
  endsAt: Date
  place: string
  capacity: number
  taken: number
}

const columns = [
  'id',
  'sku_id as skuId',
  'starts_at as startsAt',
  'ends_at as endsAt',
  'place',
  'capacity',
  'taken',
] as const

/** Slots of a SKU, the earliest first. */
export const pageOfSlots = (db: Db, skuId: Id, page: PageQuery): Promise<Page<SlotRow>> =>
  pageBy(
    db.selectFrom('virtual_slot').where('sku_id', '=', skuId).select(columns),
    [
      ['starts_at', 'asc'],
      ['id', 'asc'],
    ],
    page,
  )

/** Slots that have not begun, the earliest first. */
export const openSlots = (db: Db, skuId: Id, limit: number): Promise<SlotRow[]> =>
  db
    .selectFrom('virtual_slot')
    .where('sku_id', '=', skuId)
    .where('starts_at', '>', sql<Date>`now()`)
    .select(columns)
    .orderBy('starts_at')
    .orderBy('id')
    .limit(limit)
    .execute()

export async function slotsByIds(db: Db, ids: readonly Id[]): Promise<Map<Id, SlotRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('virtual_slot').where('id', 'in', ids).select(columns).execute()
  return new Map(rows.map(row => [row.id, row]))
}

/** Writes a slot. False when its id belongs to another SKU, or more places are taken than it would have. */
export async function putSlot(tx: Tx, slot: Omit<SlotRow, 'taken'>): Promise<boolean> {
  const { rows } = await sql`
    insert into virtual_slot (id, sku_id, starts_at, ends_at, place, capacity)
    values (${slot.id}, ${slot.skuId}, ${slot.startsAt}, ${slot.endsAt}, ${slot.place},
      ${slot.capacity})
    on conflict (id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at,
      place = excluded.place, capacity = excluded.capacity
    where virtual_slot.sku_id = excluded.sku_id and virtual_slot.taken <= excluded.capacity
    returning id`.execute(tx)
  return rows.length > 0
}

/** Takes places, or gives them back with a negative count; one conditional statement. */
export async function takePlaces(
  tx: Tx,
  q: { slotId: Id; skuId: Id; count: number },
): Promise<boolean> {
  const { rows } = await sql`
    update virtual_slot set taken = taken + ${q.count}
    where id = ${q.slotId} and sku_id = ${q.skuId} and taken + ${q.count} <= capacity
      and (${q.count} < 0 or starts_at > now())
    returning id`.execute(tx)
  return rows.length > 0
}

/** Removes a slot that nobody has booked. False when somebody has. */
export async function removeSlot(tx: Tx, q: { id: Id; skuId: Id }): Promise<boolean> {
  await sql`
    delete from virtual_slot where id = ${q.id} and sku_id = ${q.skuId} and taken = 0
      and not exists (select from virtual_line where slot_id = ${q.id})`.execute(tx)
  const { rows } = await sql`
    select from virtual_slot where id = ${q.id} and sku_id = ${q.skuId}`.execute(tx)
  return rows.length === 0
}
