import { requirePermission, requireShop, requireUser } from '@kaibo/contract/access'
import { fail } from '@kaibo/contract/fail'
import type {
  BasketLine,
  Order,
  OrderPreview,
  OrderState,
  PlaceOrder,
  Receiver,
} from '@kaibo/contract/order'
import type { Actor, UserActor } from '@kaibo/contract/permissions'
import type { PricedLine } from '@kaibo/contract/price'
import type { Tx } from '@kaibo/db/database'
import { type Id, newId } from '@kaibo/kernel/ids'
import { type Fen, sumFen, zeroFen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Account } from '@kaibo/modules/account'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Stock } from '@kaibo/modules/stock'
import { advance, type LifeNeeds } from './life.ts'
import { type Outcome, placeAll } from './placement.ts'
import { decidePlacement, decidePrice, type Priced, requestHash } from './rules.ts'
import * as store from './store.ts'
import { openReceiver, sealReceiver, type ViewNeeds, viewOf, viewsOf } from './view.ts'

export type OrderNeeds = LifeNeeds &
  ViewNeeds & {
    account: Pick<Account, 'receiverOf'>
    catalog: Pick<Catalog, 'skusByIds'>
    stock: Pick<Stock, 'hold' | 'levelsBySku'>
    /** How long an order waits for its payment (R1: 15–30 min). */
    payWindowSec: number
  }

type Owned = { shopId: Id; id: Id }

/** What a basket costs now, for whoever asks. Throws what placing it would, and `stock.sold_out`. */
export async function preview(
  needs: OrderNeeds,
  actor: Actor,
  basket: Pick<PlaceOrder, 'lines'>,
): Promise<OrderPreview> {
  requireBuyer(actor)
  const { db } = needs.database
  const { shops, ...totals } = await priceOf(needs, basket.lines)
  const lines = shops.flatMap(shop => shop.lines)
  const levels = await needs.stock.levelsBySku(
    db,
    lines.map(line => line.skuId),
  )
  const short = lines.filter(
    ({ skuId, quantity }) => quantity > (levels.get(skuId)?.available ?? 0),
  )
  if (short.length > 0) throw fail('stock.sold_out', { skuIds: short.map(line => line.skuId) })
  const names = await needs.shop.shopsByIds(
    db,
    shops.map(shop => shop.shopId),
  )
  return {
    ...totals,
    shops: shops.map(({ shopId, ...shop }) => ({
      ...shop,
      lines: shop.lines.map(shownOf),
      shop: { id: shopId, name: names.get(shopId)?.name ?? '' },
    })),
    coupons: [],
    points: { balance: 0, usableMax: 0, used: 0, offFen: zeroFen },
    needsAddress: true,
    noReturnSkuIds: [],
  }
}

/** What people see of a line that is not ordered yet. */
const shownOf = ({
  poolId: _pool,
  limitIds: _limits,
  versionId: _version,
  takeRateBps: _rate,
  isVirtual: _virtual,
  mayReturn: _return,
  ...line
}: Omit<store.DraftLine, 'id'>): PricedLine => line

/**
 * Places the orders of a checkout under the ids they carry, all or none, and holds their goods until
 * they are paid or close. The same request again answers with the same orders; another one under one
 * of these ids throws `order.id_taken`.
 */
export async function place(
  needs: OrderNeeds,
  actor: Actor,
  request: PlaceOrder,
): Promise<{ orders: Order[]; payableFen: Fen }> {
  const buyer = requireBuyer(actor)
  const hash = requestHash(buyer.userId, request)
  const ids = request.orders.map(order => order.id)
  if ((await store.ordersByIds(needs.database.db, ids)).length === 0) {
    const drafts = await draftsOf(needs, buyer, request)
    await needs.database.tx(async tx => {
      const outcomes = await placeAll(
        needs,
        tx,
        drafts.map(draft => ({ ...draft, requestHash: hash })),
      )
      for (const outcome of outcomes.values()) refuseSoldOut(outcome)
    })
  }
  const found = await store.ordersByIds(needs.database.db, ids)
  const rows = ids.flatMap(id => found.find(row => row.id === id && row.requestHash === hash) ?? [])
  if (rows.length < ids.length) throw fail('order.id_taken')
  return {
    orders: await viewsOf(needs, rows, 'buyer'),
    payableFen: sumFen(rows.map(row => row.payableFen)),
  }
}

/** Thrown inside the transaction, so that a refused order leaves nothing to commit. */
function refuseSoldOut(outcome: Outcome): void {
  if (outcome.is === 'sold_out') throw fail('stock.sold_out', { skuIds: outcome.skuIds })
}

async function draftsOf(
  needs: OrderNeeds,
  { userId, shops }: UserActor,
  request: PlaceOrder,
): Promise<Omit<store.Draft, 'requestHash'>[]> {
  const priced = await priceOf(needs, request.lines)
  const { addressId } = request
  const { receiver } = decidePlacement({
    request,
    priced,
    staffOf: shops.map(membership => membership.shopId),
    receiver:
      addressId === null
        ? null
        : await needs.account.receiverOf(needs.database.db, { userId, addressId }),
  })
  const [checkoutId] = request.orders.map(order => order.id).toSorted()
  return request.orders.flatMap(({ id, shopId, note }) =>
    priced.shops
      .filter(shop => shop.shopId === shopId)
      .map(shop => ({
        ...shop,
        id,
        buyerId: userId,
        checkoutId: checkoutId ?? id,
        lines: shop.lines.map(line => ({ ...line, id: newId() })),
        receiverSealed: sealReceiver(needs.personal, receiver),
        note,
        source: request.source,
        payWindowSec: needs.payWindowSec,
      })),
  )
}

async function priceOf(
  { database, catalog }: OrderNeeds,
  lines: readonly BasketLine[],
): Promise<Priced> {
  const skuIds = new Set(lines.map(line => line.skuId))
  return decidePrice(lines, await catalog.skusByIds(database.db, [...skuIds]))
}

/** The buyer's orders, newest first. */
export async function listMine(
  needs: OrderNeeds,
  actor: Actor,
  { state, ...page }: { state?: OrderState } & PageQuery,
): Promise<Page<Order>> {
  const { userId: buyerId } = requireBuyer(actor)
  const rows = await store.pageOfOrders(needs.database.db, { buyerId, state, page })
  return { ...rows, items: await viewsOf(needs, rows.items, 'buyer') }
}

/** One of the buyer's orders. Throws `order.not_found`. */
export async function viewMine(needs: OrderNeeds, actor: Actor, id: Id): Promise<Order> {
  return viewOf(needs, await myOrder(needs, actor, id), 'buyer')
}

/** Cancels an unpaid order. Throws `order.not_found` or `order.wrong_state`. */
export const cancel = (needs: OrderNeeds, actor: Actor, id: Id): Promise<Order> =>
  advanceMine(needs, actor, { event: 'close', id, from: ['pending'], closeReason: 'buyer' })

/** The goods arrived: the order completes. Throws `order.not_found` or `order.wrong_state`. */
export const confirm = (needs: OrderNeeds, actor: Actor, id: Id): Promise<Order> =>
  advanceMine(needs, actor, { event: 'complete', id })

async function advanceMine(
  needs: OrderNeeds,
  actor: Actor,
  step: Parameters<typeof advance>[2],
): Promise<Order> {
  await myOrder(needs, actor, step.id)
  await needs.database.tx(tx => advance(needs, tx, step))
  return viewMine(needs, actor, step.id)
}

/** Orders of a shop, newest first; receivers masked. */
export async function listOfShop(
  needs: OrderNeeds,
  actor: Actor,
  query: { shopId: Id; state?: OrderState; number?: string } & PageQuery,
): Promise<Page<Order>> {
  requireShop(actor, 'order.manage', query.shopId)
  const { shopId, state, number, ...page } = query
  const rows = await store.pageOfOrders(needs.database.db, { shopId, state, number, page })
  return { ...rows, items: await viewsOf(needs, rows.items, 'merchant') }
}

/** One order of a shop; receiver masked. Throws `order.not_found`. */
export async function viewOfShop(needs: OrderNeeds, actor: Actor, owned: Owned): Promise<Order> {
  requireShop(actor, 'order.manage', owned.shopId)
  return viewOf(needs, await orderOfShop(needs, owned), 'merchant')
}

/** The receiver in full; whoever calls has to record the look. Throws `order.not_found`. */
export async function reveal(needs: OrderNeeds, actor: Actor, owned: Owned): Promise<Receiver> {
  requireShop(actor, 'order.reveal', owned.shopId)
  const order = await orderOfShop(needs, owned)
  if (order.receiverSealed === null) throw fail('order.not_found')
  return openReceiver(needs.personal, order.receiverSealed)
}

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
 * What a payment has to know of a buyer's order; null for anybody else's. The order stays as it is
 * until the transaction ends.
 */
export async function forPayment(
  tx: Tx,
  { orderId, buyerId }: { orderId: Id; buyerId: Id },
): Promise<OrderToPay | null> {
  const order = await store.lockOrder(tx, orderId)
  if (order?.buyerId !== buyerId) return null
  const [first, ...more] = await store.linesByOrders(tx, [orderId])
  const title = `${first?.title ?? order.number}${more.length > 0 ? ` +${more.length}` : ''}`
  const { id, number, shopId, payableFen, state, expiresAt } = order
  return { id, number, shopId, payableFen, state, expiresAt, title }
}

function requireBuyer(actor: Actor): UserActor {
  requirePermission(actor, 'order.buy')
  return requireUser(actor)
}

async function myOrder(needs: OrderNeeds, actor: Actor, id: Id): Promise<store.OrderRow> {
  const { userId } = requireBuyer(actor)
  const order = await store.orderById(needs.database.db, id)
  if (order?.buyerId !== userId) throw fail('order.not_found')
  return order
}

async function orderOfShop(needs: OrderNeeds, { shopId, id }: Owned): Promise<store.OrderRow> {
  const order = await store.orderById(needs.database.db, id)
  if (order?.shopId !== shopId) throw fail('order.not_found')
  return order
}
