import { type Id, newId } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { Basket, Offer, PriceLine, PriceSku } from '@kaibo/modules/price'

/** A SKU as prices see it; `priceFen` of one and where it belongs are what tests are about. */
export const priceSku = (facts: Partial<PriceSku> & { priceFen: Fen }): PriceSku => ({
  skuId: facts.skuId ?? newId(),
  productId: facts.productId ?? newId(),
  shopId: facts.shopId ?? newId(),
  title: '岩茶',
  spec: { 规格: '50 g' },
  pictureUrl: null,
  categoryIds: [],
  brandId: null,
  tagIds: [],
  weightG: 500,
  volumeCm3: 1_000,
  freightTemplateId: null,
  isVirtual: false,
  limitPerBuyer: null,
  ...facts,
})

export const lineOf = (sku: PriceSku, quantity = 1, bundleId: Id | null = null): PriceLine => ({
  sku,
  quantity,
  bundleId,
})

/** A basket whose buyer takes the best coupons, no points, and has not said where to. */
export const basketOf = (
  lines: readonly PriceLine[],
  offers: readonly Offer[] = [],
  more: Partial<Basket> = {},
): Basket => ({
  lines,
  offers,
  gifts: [],
  couponIds: null,
  pointsUsed: 0,
  shippingOf: null,
  ...more,
})
