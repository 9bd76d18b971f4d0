import { fail } from '@kaibo/contract/core/fail'
import type { ShelfState } from '@kaibo/contract/goods/catalog'
import {
  type Cart,
  type CartLine,
  type CartProblem,
  cartLinesMax,
  type DeviceLine,
} from '@kaibo/contract/trade/cart'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'

/** Pieces of one line; the contract's `Quantity`. */
const quantityMax = 999

/** What a cart must know of a SKU. */
export type CartSku = {
  skuId: Id
  productId: Id
  shopId: Id
  title: string
  spec: Record<string, string>
  pictureUrl: string | null
  priceFen: Fen
  state: ShelfState
  /** Sold only in regions that begin with one of these; null = everywhere. */
  regionCodes?: readonly string[] | null
  limitPerBuyer?: number | null
}

const capped = (quantity: number) => Math.min(quantity, quantityMax)

/**
 * The line after more of it was put in: wanted for the checkout, at the price of its first piece.
 * Throws `product.not_found`, `product.off_shelf` or `cart.full`.
 */
export function decideAdd(
  lines: readonly DeviceLine[],
  wanted: Pick<DeviceLine, 'skuId' | 'quantity' | 'source'>,
  sku: CartSku | undefined,
): DeviceLine {
  const { priceFen } = requireOnShelf(sku)
  const known = lines.find(line => line.skuId === wanted.skuId)
  if (!known && lines.length >= cartLinesMax) throw fail('cart.full', { linesMax: cartLinesMax })
  const { skuId, source } = wanted
  const quantity = capped((known?.quantity ?? 0) + wanted.quantity)
  const addedPriceFen = known?.addedPriceFen ?? priceFen
  return { skuId, quantity, isSelected: true, addedPriceFen, source }
}

/**
 * The line after another variant was taken: what was there of that one already is joined, once.
 * Throws `cart.other_product`, `product.not_found` or `product.off_shelf`.
 */
export function decideChangeSku(
  {
    from,
    joined,
    quantity,
  }: { from: CartSku | undefined; joined: DeviceLine | undefined; quantity: number },
  to: CartSku | undefined,
): { skuId: Id; quantity: number; addedPriceFen: Fen } {
  const { skuId, productId, priceFen } = requireOnShelf(to)
  if (from?.productId !== productId) throw fail('cart.other_product')
  return { skuId, quantity: capped(quantity + (joined?.quantity ?? 0)), addedPriceFen: priceFen }
}

function requireOnShelf(sku: CartSku | undefined): CartSku {
  if (!sku || sku.state === 'draft') throw fail('product.not_found')
  if (sku.state !== 'on_shelf') throw fail('product.off_shelf')
  return sku
}

/**
 * What has to be written so that a device's lines are in the cart: quantities add up to the cap, a
 * SKU that came twice counts twice, and what no longer fits (the last lines) is left out.
 */
export function decideMerge(
  lines: readonly DeviceLine[],
  device: readonly DeviceLine[],
): DeviceLine[] {
  const known = new Map(lines.map(line => [line.skuId, line]))
  const written = new Map<Id, DeviceLine>()
  for (const line of device) {
    const before = written.get(line.skuId) ?? known.get(line.skuId)
    const isNew = before === undefined
    const newCount = [...written.keys()].filter(skuId => !known.has(skuId)).length
    if (isNew && known.size + newCount >= cartLinesMax) continue
    written.set(line.skuId, {
      ...line,
      quantity: capped(line.quantity + (before?.quantity ?? 0)),
      isSelected: line.isSelected || (before?.isSelected ?? false),
      addedPriceFen: before?.addedPriceFen ?? line.addedPriceFen,
    })
  }
  return [...written.values()]
}

export type CartFacts = {
  skus: ReadonlyMap<Id, CartSku>
  /** What can be ordered now. */
  available: ReadonlyMap<Id, number>
  shops: ReadonlyMap<Id, { id: Id; name: string }>
  /** Products on the shelf: a variant of theirs that is not has been retired. */
  liveProductIds: ReadonlySet<Id>
  /** Where it would be sent; null when nobody has said. */
  regionCode: string | null
}

/** The problems that fewer pieces mend: such a line stays with its shop. */
const isMendable = (problem: CartProblem | null) =>
  problem === null || problem === 'short' || problem === 'over_limit'

/** The cart as people see it. Lines of SKUs that nobody knows are left out. */
export function cartOf(lines: readonly DeviceLine[], facts: CartFacts): Cart {
  const seen = lines.flatMap(line => {
    const sku = facts.skus.get(line.skuId)
    return sku ? [{ shopId: sku.shopId, line: lineOf(line, sku, facts) }] : []
  })
  const good = seen.filter(({ line }) => isMendable(line.problem))
  return {
    shops: [...Map.groupBy(good, ({ shopId }) => shopId)].map(([id, own]) => ({
      shop: { id, name: facts.shops.get(id)?.name ?? '' },
      lines: own.map(({ line }) => line),
    })),
    invalid: seen.map(({ line }) => line).filter(({ problem }) => !isMendable(problem)),
    count: seen.length,
  }
}

function lineOf(line: DeviceLine, sku: CartSku, facts: CartFacts): CartLine {
  const { skuId, productId, title, spec, pictureUrl, priceFen } = sku
  const available = Math.max(0, facts.available.get(skuId) ?? 0)
  const most = Math.min(available, sku.limitPerBuyer ?? quantityMax, quantityMax)
  const problem = problemOf(line, sku, { ...facts, left: available })
  return {
    ...line,
    productId,
    title,
    spec,
    pictureUrl,
    priceFen,
    available,
    quantityMax: isMendable(problem) ? most : 0,
    problem,
    skuId,
  }
}

function problemOf(
  { quantity }: DeviceLine,
  sku: CartSku,
  { left, liveProductIds, regionCode }: CartFacts & { left: number },
): CartProblem | null {
  if (sku.state !== 'on_shelf') return liveProductIds.has(sku.productId) ? 'retired' : 'off_shelf'
  if (left === 0) return 'sold_out'
  const { regionCodes = null, limitPerBuyer = null } = sku
  const isSoldThere = (code: string) => regionCodes?.some(prefix => code.startsWith(prefix)) ?? true
  if (regionCode !== null && !isSoldThere(regionCode)) return 'region'
  if (limitPerBuyer !== null && quantity > limitPerBuyer) return 'over_limit'
  return quantity > left ? 'short' : null
}
