import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { ProductPage } from '@kaibo/contract/goods/catalog'
import type { Order, OrderCounts, OrderEntry, OrderState } from '@kaibo/contract/trade/order'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Account } from '@kaibo/modules/account'
import { countsOfBuyer } from './change-store.ts'
import { advance, type Doing, type LifeNeeds } from './life.ts'
import * as life from './life-store.ts'
import { type ReceiverNeeds, setReceiver } from './receiver.ts'
import * as store from './store.ts'
import { historyOf, pageOf, type ViewNeeds, viewOf, viewsOf } from './view.ts'

export type MineNeeds = LifeNeeds &
  ViewNeeds &
  ReceiverNeeds & { account: Pick<Account, 'receiversOf'> }

/** The buyer may put the automatic receipt off by so much. */
const extensionDays = 3

/** The buyer's orders, newest first. */
export async function listMine(
  needs: MineNeeds,
  actor: Actor,
  { state, ...page }: { state?: OrderState } & PageQuery,
): Promise<Page<Order>> {
  const buyerId = requireBuyer(actor)
  const rows = await store.pageOfOrders(needs.database.db, { buyerId, state, page })
  return { ...rows, items: await viewsOf(needs, rows.items, 'buyer') }
}

/** Orders as their buyer sees them, in this order; unknown ones are missing. */
export async function viewsByIds(needs: ViewNeeds, ids: readonly Id[]): Promise<Order[]> {
  const rows = await store.ordersByIds(needs.database.db, ids)
  const sorted = ids.flatMap(id => rows.find(row => row.id === id) ?? [])
  return viewsOf(needs, sorted, 'buyer')
}

/** How many of the buyer's orders are in each state. */
export const countMine = async (needs: MineNeeds, actor: Actor): Promise<OrderCounts> =>
  countsOfBuyer(needs.database.db, requireBuyer(actor))

/** One of the buyer's orders. Throws `order.not_found`. */
export async function viewMine(needs: MineNeeds, actor: Actor, id: Id): Promise<Order> {
  return viewOf(needs, await myOrder(needs, actor, id), 'buyer')
}

/** What happened to one of the buyer's orders. Throws `order.not_found`. */
export async function historyOfMine(
  needs: MineNeeds,
  actor: Actor,
  id: Id,
): Promise<{ items: OrderEntry[] }> {
  return historyOf(needs, await myOrder(needs, actor, id))
}

/** The page of something the buyer bought, as it stood then; see `pageOf`. */
export async function pageOfMine(
  needs: MineNeeds,
  actor: Actor,
  { id, lineId }: { id: Id; lineId: Id },
): Promise<ProductPage> {
  await myOrder(needs, actor, id)
  return pageOf(needs, { orderId: id, lineId })
}

/**
 * Cancels an order that was not sent: goods and offers go back now, money as soon as its channel
 * takes it. Throws `order.not_found` or `order.wrong_state`.
 */
export const cancel = (
  needs: MineNeeds,
  actor: Actor,
  { id, reason = '' }: { id: Id; reason?: string },
): Promise<Order> =>
  change(needs, { actor, id }, (tx, doing) =>
    advance(needs, tx, { step: 'close', id, closeReason: 'buyer', doing: { ...doing, reason } }),
  )

/** The goods arrived: the order completes. Throws `order.not_found` or `order.wrong_state`. */
export const confirm = (needs: MineNeeds, actor: Actor, id: Id): Promise<Order> =>
  change(needs, { actor, id }, (tx, doing) => advance(needs, tx, { step: 'complete', id, doing }))

/** Throws `order.not_found`, `order.wrong_state`, `order.receipt_extended`. */
export const extendReceipt = (needs: MineNeeds, actor: Actor, id: Id): Promise<Order> =>
  change(needs, { actor, id }, async (tx, doing) => {
    if (await life.extendReceipt(tx, id, extensionDays))
      return life.writeDown(tx, [id], { kind: 'receipt_extended', doing })
    const order = await store.orderById(tx, id)
    if (order?.isReceiptExtended) throw fail('order.receipt_extended')
    throw fail('order.wrong_state', { state: order?.state ?? null })
  })

/**
 * Sends an order to another address of the buyer before it leaves. Throws `order.not_found`,
 * `order.address_missing`, and what {@link setReceiver} does.
 */
export const changeReceiver = (
  needs: MineNeeds,
  actor: Actor,
  { id, addressId }: { id: Id; addressId: Id },
): Promise<Order> =>
  change(needs, { actor, id }, async (tx, doing) => {
    const [receiver] = await needs.account.receiversOf(tx, [
      { userId: requireBuyer(actor), addressId },
    ])
    if (!receiver) throw fail('order.address_missing')
    await setReceiver(needs, tx, { id, receiver, doing })
  })

export type OrderToPay = {
  id: Id
  number: string
  shopId: Id
  payableFen: Fen
  state: OrderState
  expiresAt: Date
  /** What the cashier shows: the first title, and how many more. */
  title: string
}

/**
 * What a payment has to know of a buyer's orders; those of anybody else are missing. They stay as
 * they are until the transaction ends.
 */
export async function forPayment(
  tx: Tx,
  { orderIds, buyerId }: { orderIds: readonly Id[]; buyerId: Id },
): Promise<OrderToPay[]> {
  const held = (await store.holdOrders(tx, orderIds)).filter(order => order.buyerId === buyerId)
  const lines = await store.linesByOrders(
    tx,
    held.map(order => order.id),
  )
  const linesByOrder = Map.groupBy(lines, line => line.orderId)
  return held.map(({ id, number, shopId, payableFen, state, expiresAt }) => {
    const [first, ...more] = linesByOrder.get(id) ?? []
    const title = `${first?.title ?? number}${more.length > 0 ? ` +${more.length}` : ''}`
    return { id, number, shopId, payableFen, state, expiresAt, title }
  })
}

type Mine = { actor: Actor; id: Id }

/** Something that a buyer does to one of their orders; answers with what becomes of it. */
async function change(
  needs: MineNeeds,
  { actor, id }: Mine,
  act: (tx: Tx, doing: Doing) => Promise<void>,
): Promise<Order> {
  const { buyerId } = await myOrder(needs, actor, id)
  await needs.database.tx(tx => act(tx, { by: 'buyer', actorId: buyerId }))
  return viewMine(needs, actor, id)
}

async function myOrder(
  { database }: { database: { db: Db } },
  actor: Actor,
  id: Id,
): Promise<store.OrderRow> {
  const buyerId = requireBuyer(actor)
  const order = await store.orderById(database.db, id)
  if (order?.buyerId !== buyerId) throw fail('order.not_found')
  return order
}

function requireBuyer(actor: Actor): Id {
  requirePermission(actor, 'order.buy')
  return requireUser(actor).userId
}
