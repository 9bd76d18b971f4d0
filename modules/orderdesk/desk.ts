import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor, Permission } from '@kaibo/contract/core/permissions'
import type { ProductPage } from '@kaibo/contract/goods/catalog'
import type { Order, OrderCounts, OrderEntry, OrderFlag } from '@kaibo/contract/trade/order'
import { countsByState } from '@kaibo/contract/trade/order-life'
import type { OrderFilter, OrderToday, SourceReport } from '@kaibo/contract/trade/orderdesk'
import type { Database, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Account } from '@kaibo/modules/account'
import type { Doing, NewPrice, Orders } from '@kaibo/modules/order'
import * as store from './store.ts'

export type DeskNeeds = {
  database: Database
  order: Pick<Orders, 'desk'>
  account: Pick<Account, 'regionNames'>
}

type ByShop = { shopId: Id }
type Owned = { shopId: Id; id: Id }

/** Orders of a shop by a filter, newest first; receivers masked. */
export async function list(
  { database, order }: DeskNeeds,
  actor: Actor,
  { cursor, limit, ...filter }: ByShop & OrderFilter & PageQuery,
): Promise<Page<Order>> {
  const { shopId } = filter
  requireShop(actor, 'order.manage', shopId)
  const at = cursor === undefined ? { limit } : { limit, cursor }
  const { items, next } = await store.pageOfIds(database.db, filter, at)
  return { items: await order.desk.views({ shopId, ids: items.map(item => item.id) }), next }
}

/** How many orders of a filter are in each state; a state in the filter does not matter. */
export async function counts(
  { database }: DeskNeeds,
  actor: Actor,
  { state: _, ...filter }: ByShop & OrderFilter,
): Promise<OrderCounts> {
  requireShop(actor, 'order.manage', filter.shopId)
  return countsByState(await store.countsOf(database.db, filter))
}

/** Throws `order.not_found`. */
export function history(
  { order }: DeskNeeds,
  actor: Actor,
  owned: Owned,
): Promise<{ items: OrderEntry[] }> {
  requireShop(actor, 'order.manage', owned.shopId)
  return order.desk.history(owned)
}

/** The page of something that was bought, as it stood then. See `ShopSide.page`. */
export function page(
  { order }: DeskNeeds,
  actor: Actor,
  line: Owned & { lineId: Id },
): Promise<ProductPage> {
  requireShop(actor, 'order.manage', line.shopId)
  return order.desk.page(line)
}

/** Throws `order.not_found`. */
export const setNote = (
  needs: DeskNeeds,
  actor: Actor,
  { text, flag, ...owned }: Owned & { text: string; flag: OrderFlag },
): Promise<Order> =>
  change(needs, { actor, owned, can: 'order.manage' }, tx =>
    needs.order.desk.setNote(tx, owned, { text, flag }),
  )

/** See `ShopSide.setPrice`. */
export const setPrice = (
  needs: DeskNeeds,
  actor: Actor,
  { lines, shippingFen, ...owned }: Owned & NewPrice,
): Promise<Order> =>
  change(needs, { actor, owned, can: 'order.manage' }, (tx, doing) =>
    needs.order.desk.setPrice(tx, owned, { price: { lines, shippingFen }, doing }),
  )

type TypedReceiver = { name: string; phone: string; regionCode: string; detail: string }

/** Whoever may see a receiver in full may change it. See `ShopSide.setReceiver`. */
export const setReceiver = (
  needs: DeskNeeds,
  actor: Actor,
  { shopId, id, name, phone, regionCode, detail }: Owned & TypedReceiver,
): Promise<Order> =>
  change(needs, { actor, owned: { shopId, id }, can: 'order.reveal' }, (tx, doing) => {
    const names = needs.account.regionNames(regionCode)
    if (!names) throw fail('address.region_unknown')
    const places = [names.province, names.city, names.district, detail]
    const address = places.filter(place => place !== '').join(' ')
    const receiver = { name, phone, regionCode, address }
    return needs.order.desk.setReceiver(tx, { shopId, id }, { receiver, doing })
  })

/** Cancels an order that was not sent; a paid one is refunded. See `ShopSide.cancel`. */
export const cancel = (
  needs: DeskNeeds,
  actor: Actor,
  { reason, ...owned }: Owned & { reason: string },
): Promise<Order> =>
  change(needs, { actor, owned, can: 'order.manage' }, (tx, doing) =>
    needs.order.desk.cancel(tx, owned, { ...doing, reason }),
  )

/** What waits for a shop, and what it sold today. */
export function today({ database }: DeskNeeds, actor: Actor, shopId: Id): Promise<OrderToday> {
  requireShop(actor, 'order.manage', shopId)
  return store.today(database.db, shopId)
}

/** Sales by where they came from; the parts sum to the total. */
export async function sources(
  { database }: DeskNeeds,
  actor: Actor,
  query: ByShop & { from?: string; before?: string },
): Promise<SourceReport> {
  requireShop(actor, 'order.manage', query.shopId)
  return store.salesBySource(database.db, query)
}

type Allowed = { actor: Actor; owned: Owned; can: Permission }

/** Something that somebody of the shop does to one of its orders; answers with what becomes of it. */
async function change(
  { database, order }: DeskNeeds,
  { actor, owned, can }: Allowed,
  act: (tx: Tx, doing: Doing) => Promise<void>,
): Promise<Order> {
  const { shopId, id } = owned
  requireShop(actor, can, shopId)
  const actorId = actor.kind === 'user' ? actor.userId : null
  await database.tx(tx => act(tx, { by: 'merchant', actorId }))
  const [view] = await order.desk.views({ shopId, ids: [id] })
  return must(view, 'an order that was there')
}
