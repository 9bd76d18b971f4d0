import type { CarrierCode } from '@kaibo/contract/trade/carriers'
import type { Parcel } from '@kaibo/contract/trade/ship'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

export type ParcelRow = Omit<Parcel, 'shippedAt'> & { orderId: Id; shopId: Id; shippedAt: Date }

const columns = [
  'id',
  'order_id as orderId',
  'shop_id as shopId',
  sql<CarrierCode>`carrier`.as('carrier'),
  'number',
  'shipped_at as shippedAt',
  sql<Parcel['lines']>`lines`.as('lines'),
] as const

export const parcelById = (db: Db, id: Id): Promise<ParcelRow | undefined> =>
  db.selectFrom('ship_parcel').select(columns).where('id', '=', id).executeTakeFirst()

/** Parcels of orders, oldest first. */
export const parcelsByOrders = (db: Db, orderIds: readonly Id[]): Promise<ParcelRow[]> =>
  db
    .selectFrom('ship_parcel')
    .select(columns)
    .where('order_id', 'in', [...orderIds])
    .orderBy('shipped_at')
    .orderBy('id')
    .execute()

export async function insertParcel(tx: Tx, parcel: ParcelRow): Promise<void> {
  await tx
    .insertInto('ship_parcel')
    .values({
      id: parcel.id,
      order_id: parcel.orderId,
      shop_id: parcel.shopId,
      carrier: parcel.carrier,
      number: parcel.number,
      shipped_at: parcel.shippedAt,
      lines: JSON.stringify(parcel.lines),
    })
    .execute()
}

/** Whether another parcel of the order has this number. */
export const isTaken = async (
  db: Db,
  q: { orderId: Id; id: Id; carrier: CarrierCode; number: string },
): Promise<boolean> =>
  (await db
    .selectFrom('ship_parcel')
    .select('id')
    .where('order_id', '=', q.orderId)
    .where('carrier', '=', q.carrier)
    .where('number', '=', q.number)
    .where('id', '<>', q.id)
    .executeTakeFirst()) !== undefined

export async function setNumber(
  tx: Tx,
  { id, carrier, number }: { id: Id; carrier: CarrierCode; number: string },
): Promise<void> {
  await tx.updateTable('ship_parcel').set({ carrier, number }).where('id', '=', id).execute()
}
