import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { CarrierCode } from '@kaibo/contract/trade/carriers'
import type { Parcel } from '@kaibo/contract/trade/ship'
import type { Database, Db, Tx } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { Orders, ParcelSource, SentLine } from '@kaibo/modules/order'
import { decideNumber } from './rules.ts'
import * as store from './store.ts'

export type ShipNeeds = {
  database: Database
  clock: Clock
  order: Pick<Orders, 'markShipped' | 'lockForParcel' | 'idsByNumber'>
}

export type NewParcel = {
  shopId: Id
  /** The order. */
  id: Id
  parcelId: Id
  carrier: CarrierCode
  number: string
  /** What is in it; everything that is still here, unless said. */
  lines?: readonly SentLine[]
}

/**
 * Ships a paid order or a part of it, or adds a parcel to one that has shipped. The same parcel
 * again, by its id or by its number, changes nothing. Throws `ship.bad_number`, `ship.number_taken`
 * when that number holds something else, and what `Orders.markShipped` does.
 */
export async function ship(needs: ShipNeeds, actor: Actor, wanted: NewParcel): Promise<Parcel> {
  requireShop(actor, 'order.manage', wanted.shopId)
  const number = decideNumber(wanted.carrier, wanted.number)
  const actorId = actor.kind === 'user' ? actor.userId : null
  return needs.database.tx(async tx =>
    toView(await send(needs, tx, { ...wanted, number, actorId })),
  )
}

type Sending = NewParcel & { actorId: Id | null }

async function send(
  { order, clock }: ShipNeeds,
  tx: Tx,
  { parcelId, shopId, id: orderId, carrier, number, lines, actorId }: Sending,
): Promise<store.ParcelRow> {
  // Whoever sends the same parcel in this moment has sent it by now, or waits.
  await order.lockForParcel(tx, { orderId, shopId })
  const asked = { parcelId, shopId, orderId, carrier, number, ...(lines && { lines }) }
  const known = await knownParcel(tx, asked)
  if (known) return known
  const at = clock.now()
  const left = { orderId, shopId, at, actorId, ...(lines && { lines }) }
  const sent = await order.markShipped(tx, left)
  const parcel = { id: parcelId, shopId, orderId, carrier, number, shippedAt: at, lines: sent }
  await store.insertParcel(tx, parcel)
  return parcel
}

type Asked = Omit<NewParcel, 'id'> & { orderId: Id }

/** The parcel with this id or number. One of another order is refused like an unknown one. */
async function knownParcel(tx: Tx, q: Asked): Promise<store.ParcelRow | undefined> {
  const byId = await store.parcelById(tx, q.parcelId)
  if (byId && (byId.shopId !== q.shopId || byId.orderId !== q.orderId))
    throw fail('order.not_found')
  if (byId) return byId
  const parcels = await store.parcelsByOrders(tx, [q.orderId])
  const byNumber = parcels.find(
    ({ shopId, carrier, number }) =>
      shopId === q.shopId && carrier === q.carrier && number === q.number,
  )
  if (byNumber && q.lines && !holdsSame(byNumber.lines, q.lines)) throw fail('ship.number_taken')
  return byNumber
}

const holdsSame = (held: readonly SentLine[], wanted: readonly SentLine[]) =>
  held.length === wanted.length &&
  wanted.every(({ lineId, quantity }) =>
    held.some(one => one.lineId === lineId && one.quantity === quantity),
  )

/**
 * Corrects carrier and number of a parcel while its order is on its way. Throws `ship.bad_number`,
 * `ship.parcel_not_found`, `ship.number_taken`, `order.wrong_state`.
 */
export async function correct(
  { database, order }: ShipNeeds,
  actor: Actor,
  wanted: { shopId: Id; id: Id; carrier: CarrierCode; number: string },
): Promise<Parcel> {
  requireShop(actor, 'order.manage', wanted.shopId)
  const { id, carrier } = wanted
  const number = decideNumber(carrier, wanted.number)
  return database.tx(async tx => {
    const parcel = await store.parcelById(tx, id)
    if (parcel?.shopId !== wanted.shopId) throw fail('ship.parcel_not_found')
    const { orderId } = parcel
    const state = await order.lockForParcel(tx, { orderId, shopId: wanted.shopId })
    if (state !== 'part_shipped' && state !== 'shipped') throw fail('order.wrong_state', { state })
    if (await store.isTaken(tx, { orderId, id, carrier, number })) throw fail('ship.number_taken')
    await store.setNumber(tx, { id, carrier, number })
    return toView({ ...parcel, carrier, number })
  })
}

/** Parcels of many orders, oldest first. */
export const parcelsOf: ParcelSource = async (db: Db, orderIds) => {
  if (orderIds.length === 0) return new Map()
  const byOrder = Map.groupBy(await store.parcelsByOrders(db, orderIds), row => row.orderId)
  return new Map([...byOrder].map(([orderId, rows]) => [orderId, rows.map(toView)]))
}

const toView = ({ id, carrier, number, shippedAt, lines }: store.ParcelRow): Parcel => ({
  id,
  carrier,
  number,
  shippedAt: shippedAt.toISOString(),
  lines,
})
