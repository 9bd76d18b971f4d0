import { createHash } from 'node:crypto'
import { fail } from '@kaibo/contract/fail'
import type { OrderLine, OrderSource, PlaceOrder, Receiver } from '@kaibo/contract/order'
import type { Id } from '@kaibo/kernel/ids'
import { type Fen, fen, multiplyFen, sumFen, zeroFen } from '@kaibo/kernel/money'
import type { SkuFacts } from '@kaibo/modules/catalog'

export type Wanted = { skuId: Id; quantity: number }

export type Priced = {
  shopId: Id
  lines: Omit<OrderLine, 'id'>[]
  itemsFen: Fen
  shippingFen: Fen
  payableFen: Fen
}

/** The limits of `Quantity` and `Money` in the contract, for what several lines add up to. */
export const quantityMax = 999
export const payableFenMax = fen(1_000_000_000)

/** One line per SKU (R17), in the order of first mention. */
export function mergeLines(lines: readonly Wanted[]): Wanted[] {
  const merged = new Map<Id, number>()
  for (const { skuId, quantity } of lines) merged.set(skuId, (merged.get(skuId) ?? 0) + quantity)
  return [...merged].map(([skuId, quantity]) => ({ skuId, quantity }))
}

/**
 * What the goods cost now: preview and placement both ask here, so they agree to the fen.
 * Throws `product.not_found`, `product.off_shelf`, `order.many_shops`, or `request.invalid` for
 * totals that are nothing (R14) or beyond the limits.
 */
export function decidePrice(lines: readonly Wanted[], skus: readonly SkuFacts[]): Priced {
  const factsBySku = new Map(skus.map(sku => [sku.skuId, sku]))
  const priced = mergeLines(lines).map(({ skuId, quantity }) => {
    const sku = factsBySku.get(skuId)
    if (!sku || sku.state === 'draft') throw fail('product.not_found', { skuIds: [skuId] })
    if (quantity > quantityMax) throw fail('request.invalid', { skuId, quantityMax })
    return priceLine(sku, quantity)
  })
  const [shopId, ...otherShopIds] = new Set(skus.map(sku => sku.shopId))
  if (shopId === undefined) throw fail('product.not_found')
  if (otherShopIds.length > 0) throw fail('order.many_shops')
  const offShelf = skus.filter(sku => sku.state === 'off_shelf').map(sku => sku.skuId)
  if (offShelf.length > 0) throw fail('product.off_shelf', { skuIds: offShelf })

  const itemsFen = sumFen(priced.map(line => line.payableFen))
  const shippingFen = zeroFen
  const payableFen = sumFen([itemsFen, shippingFen])
  if (payableFen === 0 || payableFen > payableFenMax)
    throw fail('request.invalid', { payableFen, payableFenMax })
  return { shopId, lines: priced, itemsFen, shippingFen, payableFen }
}

function priceLine(sku: SkuFacts, quantity: number): Omit<OrderLine, 'id'> {
  return {
    productId: sku.productId,
    skuId: sku.skuId,
    title: sku.title,
    spec: sku.spec,
    pictureUrl: sku.pictureUrl,
    unitPriceFen: sku.priceFen,
    quantity,
    payableFen: multiplyFen(sku.priceFen, quantity),
  }
}

/**
 * Whether this buyer may place this order at this price. Throws `order.own_shop`,
 * `order.address_missing`, `order.price_changed`, or `request.invalid` for a live without its id.
 */
export function decidePlacement(facts: {
  request: Pick<PlaceOrder, 'source' | 'expectedPayableFen'>
  priced: Priced
  staffOf: readonly Id[]
  receiver: Receiver | null
}): { receiver: Receiver } {
  const { request, priced, staffOf, receiver } = facts
  if (staffOf.includes(priced.shopId)) throw fail('order.own_shop')
  if (!receiver) throw fail('order.address_missing')
  if (request.expectedPayableFen !== priced.payableFen)
    throw fail('order.price_changed', { payableFen: priced.payableFen })
  if (!isSource(request.source)) throw fail('request.invalid', { field: 'source' })
  return { receiver }
}

const isSource = ({ kind, id }: OrderSource) => kind !== 'live' || id !== null

/** Two requests with the same hash ask for the same order. */
export function requestHash(buyerId: Id, request: PlaceOrder): string {
  const { id, lines, addressId, source, note, expectedPayableFen } = request
  const goods = lines.map(line => [line.skuId, line.quantity])
  const asked = [buyerId, id, goods, addressId, source.kind, source.id, note, expectedPayableFen]
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex')
}
