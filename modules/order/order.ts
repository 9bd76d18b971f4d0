import { requirePermission, requireUser } from '@kaibo/contract/access'
import { fail } from '@kaibo/contract/fail'
import type { BasketLine, Order, OrderPreview, PlaceOrder } from '@kaibo/contract/order'
import type { Actor, UserActor } from '@kaibo/contract/permissions'
import type { PricedLine } from '@kaibo/contract/price'
import { newId } from '@kaibo/kernel/ids'
import { type Fen, sumFen, zeroFen } from '@kaibo/kernel/money'
import type { Account } from '@kaibo/modules/account'
import type { Catalog } from '@kaibo/modules/catalog'
import type { Stock } from '@kaibo/modules/stock'
import type { LifeNeeds } from './life.ts'
import type { MineNeeds } from './mine.ts'
import { type Outcome, placeAll } from './placement.ts'
import { decidePlacement, decidePrice, type Priced, requestHash } from './rules.ts'
import * as store from './store.ts'
import { sealReceiver, type ViewNeeds, viewsOf } from './view.ts'

export type OrderNeeds = LifeNeeds &
  ViewNeeds &
  MineNeeds & {
    account: Pick<Account, 'receiverOf'>
    catalog: Pick<Catalog, 'skusByIds'>
    stock: Pick<Stock, 'hold' | 'levelsBySku'>
    /** How long an order waits for its payment (R1: 15–30 min). */
    payWindowSec: number
  }

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

function requireBuyer(actor: Actor): UserActor {
  requirePermission(actor, 'order.buy')
  return requireUser(actor)
}
