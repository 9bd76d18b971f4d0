import type { PricedLine } from '@kaibo/contract/offer/price'
import type { Cart, CartLine } from '@kaibo/contract/trade/cart'
import type { OrderPreview, OrderSource } from '@kaibo/contract/trade/order'
import type { DraftLine } from '../checkout/draft.ts'

export type ShopLines = Cart['shops'][number]

/** Lines that one order placement takes at most, and shops. */
const basketLinesMax = 100
const ordersMax = 20

/** Wanted, and nothing stands against it. */
export const isGoing = (line: CartLine): boolean => line.isSelected && line.problem === null

/** Everything can be marked that could be ordered as it stands. */
export const canGo = (line: CartLine): boolean => line.problem === null

/** A change of a line that is still on its way to the server. */
export type Patch = { quantity?: number; isSelected?: boolean; isGone?: boolean }

/** The cart as it will be once what is on its way has arrived. */
export function withPending(cart: Cart, pending: Readonly<Record<string, Patch>>): Cart {
  const isHere = ({ skuId }: CartLine) => !pending[skuId]?.isGone
  const shops = cart.shops.map(group => ({
    ...group,
    lines: group.lines.filter(isHere).map(line => judged(patched(line, pending[line.skuId]))),
  }))
  return {
    ...cart,
    shops: shops.filter(group => group.lines.length > 0),
    invalid: cart.invalid.filter(isHere),
  }
}

const patched = (line: CartLine, patch: Patch = {}): CartLine => ({
  ...line,
  quantity: patch.quantity ?? line.quantity,
  isSelected: patch.isSelected ?? line.isSelected,
})

/** A quantity that is just being changed mends or breaks its line at once. */
function judged(line: CartLine): CartLine {
  const isMended = line.quantity <= line.quantityMax
  if (isMended) return { ...line, problem: null }
  return line.problem === null ? { ...line, problem: 'short' } : line
}

/** What goes to the checkout. */
export const draftLines = (cart: Cart): DraftLine[] =>
  cart.shops.flatMap(({ shop, lines }) =>
    lines
      .filter(isGoing)
      .map(({ skuId, quantity, title }) => ({ skuId, quantity, title, shopId: shop.id })),
  )

/** Where the sale came from: the one source of all lines, else the shop pages. */
export function sourceOf(cart: Cart): OrderSource {
  const sources = cart.shops.flatMap(({ lines }) => lines.filter(isGoing)).map(line => line.source)
  const [first] = sources
  const isOne = first && sources.every(({ kind, id }) => kind === first.kind && id === first.id)
  return isOne ? first : { kind: 'shop', id: null }
}

/** Why so much cannot go to the checkout at once. */
export function tooMuch(lines: readonly DraftLine[]): 'lines' | 'shops' | null {
  if (lines.length > basketLinesMax) return 'lines'
  return new Set(lines.map(line => line.shopId)).size > ordersMax ? 'shops' : null
}

/** What the goods that go would cost off the shelf. */
export const shelfTotalFen = (cart: Cart): number =>
  cart.shops
    .flatMap(({ lines }) => lines.filter(isGoing))
    .reduce((sum, line) => sum + line.priceFen * line.quantity, 0)

/** How the price moved since it was put in: below zero = cheaper now. */
export const priceMoveFen = (line: CartLine): number => line.priceFen - line.addedPriceFen

/** The priced lines of a preview by SKU; gifts apart, by shop. */
export function pricedBySku(preview: OrderPreview | undefined): {
  lines: ReadonlyMap<string, PricedLine>
  gifts: ReadonlyMap<string, PricedLine[]>
} {
  const lines = (preview?.shops ?? []).flatMap(part => part.lines)
  return {
    lines: new Map(lines.filter(line => !line.isGift).map(line => [line.skuId, line])),
    gifts: new Map(
      (preview?.shops ?? []).map(part => [part.shop.id, part.lines.filter(line => line.isGift)]),
    ),
  }
}
