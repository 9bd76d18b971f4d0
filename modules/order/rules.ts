import { createHash } from 'node:crypto'
import { fail } from '@kaibo/contract/fail'
import type { BasketLine, OrderSource, PlaceOrder, Receiver } from '@kaibo/contract/order'
import type { Id } from '@kaibo/kernel/ids'
import { type Fen, fen, multiplyFen, sumFen, zeroFen } from '@kaibo/kernel/money'
import type { SkuFacts } from '@kaibo/modules/catalog'
import type { DraftLine } from './store.ts'

export type PricedShop = {
  shopId: Id
  lines: Omit<DraftLine, 'id'>[]
  itemsFen: Fen
  discountFen: Fen
  shippingFen: Fen
  payableFen: Fen
}
export type Priced = Omit<PricedShop, 'shopId' | 'lines'> & { shops: PricedShop[] }

/** The limits of `Quantity` and `Money` in the contract, for what several lines add up to. */
export const quantityMax = 999
export const payableFenMax = fen(1_000_000_000)

/** One line per SKU (R17), in the order of first mention. */
export function mergeLines(lines: readonly BasketLine[]): BasketLine[] {
  const merged = new Map<Id, number>()
  for (const { skuId, quantity } of lines) merged.set(skuId, (merged.get(skuId) ?? 0) + quantity)
  return [...merged].map(([skuId, quantity]) => ({ skuId, quantity }))
}

/**
 * What the goods cost now: preview and placement both ask here, so they agree to the fen.
 * Throws `product.not_found`, `product.off_shelf`, or `request.invalid` for totals that are nothing
 * (R14) or beyond the limits.
 */
export function decidePrice(lines: readonly BasketLine[], skus: readonly SkuFacts[]): Priced {
  const factsBySku = new Map(skus.map(sku => [sku.skuId, sku]))
  const linesByShop = new Map<Id, Omit<DraftLine, 'id'>[]>()
  for (const { skuId, quantity } of mergeLines(lines)) {
    const sku = factsBySku.get(skuId)
    if (!sku || sku.state === 'draft') throw fail('product.not_found', { skuIds: [skuId] })
    if (quantity > quantityMax) throw fail('request.invalid', { skuId, quantityMax })
    const shopLines = linesByShop.get(sku.shopId) ?? []
    linesByShop.set(sku.shopId, [...shopLines, priceLine(sku, quantity)])
  }
  const offShelf = skus.filter(sku => sku.state === 'off_shelf').map(sku => sku.skuId)
  if (offShelf.length > 0) throw fail('product.off_shelf', { skuIds: offShelf })
  const shops = [...linesByShop].map(([shopId, shopLines]) => ({
    shopId,
    lines: shopLines,
    ...totalsOf(sumFen(shopLines.map(line => line.payableFen))),
  }))
  for (const { payableFen } of shops)
    if (payableFen === 0 || payableFen > payableFenMax)
      throw fail('request.invalid', { payableFen, payableFenMax })
  return { shops, ...totalsOf(sumFen(shops.map(shop => shop.itemsFen))) }
}

const totalsOf = (itemsFen: Fen) => ({
  itemsFen,
  discountFen: zeroFen,
  shippingFen: zeroFen,
  payableFen: itemsFen,
})

function priceLine(sku: SkuFacts, quantity: number): Omit<DraftLine, 'id'> {
  return {
    productId: sku.productId,
    skuId: sku.skuId,
    title: sku.title,
    spec: sku.spec,
    pictureUrl: sku.pictureUrl,
    listPriceFen: sku.priceFen,
    unitPriceFen: sku.priceFen,
    quantity,
    parts: [],
    payableFen: multiplyFen(sku.priceFen, quantity),
    isGift: false,
    bundleId: null,
    isVirtual: sku.isVirtual,
    mayReturn: sku.mayReturn,
    poolId: null,
    limitIds: [],
    versionId: sku.versionId,
    takeRateBps: 0,
  }
}

/**
 * Whether this buyer may place these orders at this price. Throws `order.shops_differ`,
 * `order.own_shop`, `order.address_missing`, `order.price_changed`, or `request.invalid` for a
 * source without its id.
 */
export function decidePlacement(facts: {
  request: Pick<PlaceOrder, 'source' | 'expectedPayableFen' | 'orders'>
  priced: Priced
  staffOf: readonly Id[]
  receiver: Receiver | null
}): { receiver: Receiver } {
  const { request, priced, staffOf, receiver } = facts
  const asked = new Set(request.orders.map(order => order.shopId))
  const isEach = priced.shops.every(shop => asked.has(shop.shopId))
  if (!isEach || request.orders.length !== priced.shops.length) throw fail('order.shops_differ')
  if (priced.shops.some(shop => staffOf.includes(shop.shopId))) throw fail('order.own_shop')
  if (!receiver) throw fail('order.address_missing')
  if (request.expectedPayableFen !== priced.payableFen)
    throw fail('order.price_changed', { payableFen: priced.payableFen })
  if (!isSource(request.source)) throw fail('request.invalid', { field: 'source' })
  return { receiver }
}

const isSource = ({ kind, id }: OrderSource) => kind === 'shop' || id !== null

/** Two requests with the same hash ask for the same orders. */
export function requestHash(buyerId: Id, request: PlaceOrder): string {
  const { lines, addressId, source, expectedPayableFen, roomToken: _, ...rest } = request
  const goods = lines.map(line => [line.skuId, line.quantity, line.bundleId ?? null])
  const orders = request.orders.map(order => [order.id, order.shopId, order.note])
  const { couponIds, pointsUsed, agreesNoReturn } = rest
  const offers = [couponIds, pointsUsed, agreesNoReturn, expectedPayableFen]
  const asked = [buyerId, orders, goods, addressId, source.kind, source.id, ...offers]
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex')
}
