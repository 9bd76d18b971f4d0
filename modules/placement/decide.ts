import { createHash } from 'node:crypto'
import { fail } from '@kaibo/contract/core/fail'
import type { PlaceOrder } from '@kaibo/contract/trade/order'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { PlainReceiver } from '@kaibo/modules/account'
import type { SkuFacts } from '@kaibo/modules/catalog'
import type { OfferUse, Price, Quote, ShopQuote } from '@kaibo/modules/price'
import type { Basket, Facts } from './facts.ts'
import type { Draft, DraftLine } from './store.ts'

/** A checkout that is ready to be written, but for its numbers and what is sealed. */
export type Decision = {
  drafts: Omit<Draft, 'number' | 'receiverSealed' | 'requestHash' | 'payWindowSec'>[]
  /** Null when nothing is sent. */
  receiver: PlainReceiver | null
  uses: OfferUse[]
}

/**
 * What a basket costs by these facts: preview and placement both ask here, so they agree to the fen.
 * Throws `product.not_found`, `product.off_shelf`, `virtual.not_ready`, `order.address_missing` for an
 * address that is not theirs, `order.region_refused`, `request.invalid` for a source without its id or
 * that never was, `order.source_foreign`, and what {@link Price.decide} does.
 */
export function quoteOf(price: Pick<Price, 'decide'>, basket: Basket, facts: Facts): Quote {
  const skus = basket.lines.map(({ skuId }) => {
    const sku = facts.skus.get(skuId)
    const isHidden = !sku || (sku.state !== 'on_shelf' && sku.state !== 'off_shelf')
    if (isHidden) throw fail('product.not_found', { skuIds: [skuId] })
    return sku
  })
  refuse(
    'product.off_shelf',
    skus.filter(sku => sku.state === 'off_shelf'),
  )
  refuse(
    'virtual.not_ready',
    skus.filter(sku => sku.isVirtual && !facts.deliverableIds.has(sku.skuId)),
  )
  const { receiver } = facts
  if (basket.addressId !== null && !receiver) throw fail('order.address_missing')
  if (receiver)
    refuse(
      'order.region_refused',
      skus.filter(sku => !isSoldTo(sku, receiver)),
    )
  requireSource(basket, facts.source, skus)
  return price.decide({
    lines: basket.lines.map(({ quantity, bundleId }, at) => ({
      sku: must(skus[at], 'a SKU per line'),
      quantity,
      bundleId: bundleId ?? null,
    })),
    offers: facts.offers,
    gifts: facts.gifts,
    couponIds: basket.couponIds,
    pointsUsed: basket.pointsUsed,
    shippingOf: facts.shippingOf,
  })
}

type Refusal = 'product.off_shelf' | 'virtual.not_ready' | 'order.region_refused'

function refuse(code: Refusal, skus: readonly SkuFacts[]) {
  if (skus.length > 0) throw fail(code, { skuIds: skus.map(sku => sku.skuId) })
}

const isSoldTo = ({ isVirtual, regionCodes }: SkuFacts, { regionCode }: PlainReceiver): boolean =>
  isVirtual || regionCodes === null || regionCodes.some(code => regionCode?.startsWith(code))

function requireSource(
  { source: { kind, id } }: Basket,
  known: Facts['source'],
  skus: readonly SkuFacts[],
): void {
  if (!known || (kind !== 'shop' && id === null)) throw fail('request.invalid', { field: 'source' })
  const { shopId } = known
  if (shopId !== null && !skus.some(sku => sku.shopId === shopId))
    throw fail('order.source_foreign')
}

/** Whether something of it has to be sent. */
export const needsAddress = (quote: Quote, facts: Facts): boolean =>
  skuIdsOf(quote, facts, sku => !sku.isVirtual).length > 0

/** The goods that cannot be returned without a reason (R7). */
export const noReturnSkuIds = (quote: Quote, facts: Facts): Id[] =>
  skuIdsOf(quote, facts, sku => !sku.mayReturn)

const skuIdsOf = (quote: Quote, facts: Facts, test: (sku: SkuFacts) => boolean): Id[] => [
  ...new Set(
    quote.shops
      .flatMap(shop => shop.lines)
      .map(line => line.skuId)
      .filter(skuId => test(must(facts.skus.get(skuId), 'facts of what is sold'))),
  ),
]

/**
 * Whether this buyer may place these orders at this price, and what is then to be written. Throws
 * what {@link quoteOf} does, `order.shops_differ`, `order.own_shop`, `order.address_missing`,
 * `order.no_return_unconfirmed`, `order.price_changed`, or `price.offer_over` for a room's price.
 */
export function decideCheckout(
  price: Pick<Price, 'decide'>,
  request: PlaceOrder,
  { facts, buyerId, staffOf }: { facts: Facts; buyerId: Id; staffOf: readonly Id[] },
): Decision {
  const quote = quoteOf(price, request, facts)
  const shopOf = new Map(quote.shops.map(shop => [shop.shopId, shop]))
  const isEach = request.orders.every(order => shopOf.delete(order.shopId))
  if (!isEach || shopOf.size > 0) throw fail('order.shops_differ')
  if (quote.shops.some(shop => staffOf.includes(shop.shopId))) throw fail('order.own_shop')
  const isSent = needsAddress(quote, facts)
  if (isSent && !facts.receiver) throw fail('order.address_missing')
  const noReturn = noReturnSkuIds(quote, facts)
  if (noReturn.length > 0 && !request.agreesNoReturn)
    throw fail('order.no_return_unconfirmed', { skuIds: noReturn })
  if (request.expectedPayableFen !== quote.payableFen)
    throw fail(isOfferOver(request, quote) ? 'price.offer_over' : 'order.price_changed', {
      payableFen: quote.payableFen,
    })

  const checkoutId = checkoutIdOf(request.orders)
  const drafts = request.orders.map(({ id, shopId, note }) => {
    const shop = must(
      quote.shops.find(part => part.shopId === shopId),
      'one order per shop',
    )
    const { itemsFen, discountFen, shippingFen, payableFen } = shop
    const totals = { itemsFen, discountFen, shippingFen, payableFen }
    const lines = draftLines(shop, facts)
    return { id, buyerId, shopId, checkoutId, lines, ...totals, note, source: request.source }
  })
  const orderIdOf = new Map(request.orders.map(order => [order.shopId, order.id]))
  const uses = quote.uses.map(({ shopId, ...use }) => {
    const orderId = must(orderIdOf.get(shopId), 'an order of the shop')
    return { ...use, orderId, checkoutId, buyerId }
  })
  return { drafts, receiver: isSent ? facts.receiver : null, uses }
}

/** Somebody counts on a room's price that is not given any more: the room is over, or the token (S49). */
const isOfferOver = (request: PlaceOrder, quote: Quote): boolean =>
  Boolean(request.roomToken) &&
  request.expectedPayableFen < quote.payableFen &&
  !quote.uses.some(use => use.kind === 'live_price')

/** A checkout is named after the smallest of its order ids. */
const checkoutIdOf = (orders: PlaceOrder['orders']): Id =>
  must(orders.map(order => order.id).toSorted()[0], 'at least one order')

function draftLines({ lines }: ShopQuote, { skus, rates }: Facts): DraftLine[] {
  return lines.map(({ limits, ...line }) => {
    const sku = must(skus.get(line.skuId), 'facts of what is sold')
    return {
      ...line,
      id: newId(),
      limits,
      versionId: sku.versionId,
      takeRateBps: rates.get(line.skuId) ?? 0,
      isVirtual: sku.isVirtual,
      mayReturn: sku.mayReturn,
    }
  })
}

/** Two requests with the same hash, half of a SHA-256 in the form of an id, ask for the same orders. */
export function requestHash(buyerId: Id, request: PlaceOrder): string {
  const { addressId, source, couponIds, pointsUsed, agreesNoReturn, expectedPayableFen } = request
  const asked = [
    buyerId,
    request.orders.map(order => [order.id, order.shopId, order.note]),
    request.lines.map(line => [line.skuId, line.quantity, line.bundleId ?? null]),
    [addressId, source.kind, source.id],
    [couponIds, pointsUsed, agreesNoReturn, expectedPayableFen],
  ]
  const hex = createHash('sha256').update(JSON.stringify(asked)).digest('hex')
  return hex.slice(0, 32).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
