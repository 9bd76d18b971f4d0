import type { CarrierCode } from '@kaibo/contract/carriers'
import type { Parcel } from '@kaibo/contract/ship'
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

/** Adds a parcel. False when its id, or its number for this order, is there already. */
export async function insertParcel(tx: Tx, parcel: ParcelRow): Promise<boolean> {
  const result = await tx
    .insertInto('ship_parcel')
    .values({
      id: parcel.id,
      order_id: parcel.orderId,
      shop_id: parcel.shopId,
      carrier: parcel.carrier,
      number: parcel.number,
      shipped_at: parcel.shippedAt,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return result.numInsertedOrUpdatedRows === 1n
}
