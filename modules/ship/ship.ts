import { requireShop } from '@kaibo/contract/access'
import type { CarrierCode } from '@kaibo/contract/carriers'
import { fail } from '@kaibo/contract/fail'
import type { Actor } from '@kaibo/contract/permissions'
import type { Parcel } from '@kaibo/contract/ship'
import type { Database, Tx } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Orders, ParcelSource } from '@kaibo/modules/order'
import { decideNumber } from './rules.ts'
import * as store from './store.ts'

export type ShipNeeds = { database: Database; clock: Clock; order: Pick<Orders, 'markShipped'> }

export type NewParcel = {
  shopId: Id
  /** The order. */
  id: Id
  parcelId: Id
  carrier: CarrierCode
  number: string
}

/**
 * Ships a paid order, or adds a parcel to one that has shipped. The same parcel again, by its id or
 * by its number, changes nothing. Throws `ship.bad_number`, `order.not_found`, `order.wrong_state`.
 */
export async function ship(needs: ShipNeeds, actor: Actor, wanted: NewParcel): Promise<Parcel> {
  requireShop(actor, 'order.manage', wanted.shopId)
  const { parcelId, shopId, id: orderId, carrier } = wanted
  const number = decideNumber(carrier, wanted.number)
  const shippedAt = needs.clock.now()
  return needs.database.tx(async tx => {
    const known = await knownParcel(tx, { parcelId, shopId, orderId })
    if (known) return toView(known)
    await needs.order.markShipped(tx, { orderId, shopId, at: shippedAt })
    const parcel = { id: parcelId, shopId, orderId, carrier, number, shippedAt }
    if (await store.insertParcel(tx, parcel)) return toView(parcel)
    return toView(await parcelWith(tx, { orderId, parcelId, carrier, number }))
  })
}

/** The parcel with this id. One of another order is refused like an unknown one. */
async function knownParcel(tx: Tx, q: { parcelId: Id; shopId: Id; orderId: Id }) {
  const parcel = await store.parcelById(tx, q.parcelId)
  if (parcel && (parcel.shopId !== q.shopId || parcel.orderId !== q.orderId))
    throw fail('order.not_found')
  return parcel
}

async function parcelWith(
  tx: Tx,
  q: { orderId: Id; parcelId: Id; carrier: CarrierCode; number: string },
): Promise<store.ParcelRow> {
  const parcels = await store.parcelsByOrders(tx, [q.orderId])
  const isAsked = ({ id, carrier, number }: store.ParcelRow) =>
    id === q.parcelId || (carrier === q.carrier && number === q.number)
  return must(parcels.find(isAsked), 'a parcel in the way of this one')
}

/** Parcels of many orders, oldest first. */
export const parcelsOf: ParcelSource = async (db, orderIds) => {
  if (orderIds.length === 0) return new Map()
  const byOrder = Map.groupBy(await store.parcelsByOrders(db, orderIds), row => row.orderId)
  return new Map([...byOrder].map(([orderId, rows]) => [orderId, rows.map(toView)]))
}

const toView = ({ id, carrier, number, shippedAt }: store.ParcelRow): Parcel => ({
  id,
  carrier,
  number,
  shippedAt: shippedAt.toISOString(),
})
