import type { BasketLine, OrderPreview, OrderSource, PlaceOrder } from '@kaibo/contract/trade/order'
import { newId } from '@kaibo/kernel/ids'

/** A line on its way to the checkout; the title names it when it cannot be bought after all. */
export type DraftLine = BasketLine & { shopId: string; title: string }

/** What goes to the checkout: one order per shop, whose ids stay the same over every retry. */
export type Draft = {
  lines: DraftLine[]
  source: OrderSource
  orderIds: Record<string, string>
  /** What is bought leaves the cart. */
  isFromCart: boolean
  /** Proves that the buyer is in the room of `source`. */
  roomToken: string | null
}

export function newDraft(
  lines: DraftLine[],
  from: { source: OrderSource; isFromCart?: boolean; roomToken?: string | null },
): Draft {
  const shopIds = [...new Set(lines.map(line => line.shopId))]
  return {
    lines,
    source: from.source,
    orderIds: Object.fromEntries(shopIds.map(shopId => [shopId, newId()])),
    isFromCart: from.isFromCart ?? false,
    roomToken: from.roomToken ?? null,
  }
}

/** What the buyer chose besides the goods. */
export type Choices = {
  addressId: string | null
  /** Null = the best ones. */
  couponIds: string[] | null
  usesPoints: boolean
}

const goodsOf = ({ lines, source, roomToken }: Draft) => ({
  lines: lines.map(({ skuId, quantity, bundleId = null }) => ({ skuId, quantity, bundleId })),
  source,
  roomToken,
})

/** What is asked for a price. */
export const basketOf = (draft: Draft, choices: Choices) => ({
  ...goodsOf(draft),
  addressId: choices.addressId,
  couponIds: choices.couponIds,
  pointsUsed: 0,
})

/** What is placed: exactly what the preview showed. */
export const requestOf = (
  draft: Draft,
  agreed: {
    addressId: string | null
    preview: OrderPreview
    notes: Readonly<Record<string, string>>
    agreesNoReturn: boolean
  },
): PlaceOrder => ({
  ...goodsOf(draft),
  addressId: agreed.preview.needsAddress ? agreed.addressId : null,
  couponIds: agreed.preview.coupons.filter(coupon => coupon.isChosen).map(coupon => coupon.id),
  pointsUsed: agreed.preview.points.used,
  orders: agreed.preview.shops.map(({ shop }) => ({
    id: draft.orderIds[shop.id] ?? '',
    shopId: shop.id,
    note: (agreed.notes[shop.id] ?? '').trim(),
  })),
  agreesNoReturn: agreed.agreesNoReturn,
  expectedPayableFen: agreed.preview.payableFen,
})

/** The draft without some SKUs; null when nothing is left. */
export function without(draft: Draft, skuIds: readonly string[]): Draft | null {
  const lines = draft.lines.filter(line => !skuIds.includes(line.skuId))
  return lines.length > 0 ? { ...draft, lines } : null
}

/** The coupons after one was tapped: off, or on; one that does not stack takes the others' place. */
export function toggleCoupon(coupons: OrderPreview['coupons'], id: string): string[] {
  const tapped = coupons.find(coupon => coupon.id === id)
  const chosen = coupons.filter(coupon => coupon.isChosen)
  if (tapped?.isChosen) return chosen.map(coupon => coupon.id).filter(each => each !== id)
  const staying =
    tapped?.problem === 'does_not_stack'
      ? chosen.filter(coupon => coupon.shopId !== tapped.shopId)
      : chosen
  return [...staying.map(coupon => coupon.id), id]
}
