import { fail } from '@kaibo/contract/core/fail'
import { inScope } from '@kaibo/contract/offer/offer-scope'
import type { ProductOffer, PromotionRules } from '@kaibo/contract/offer/promotion'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { SkuFacts } from '@kaibo/modules/catalog'
import type { Offer, OfferAsk } from '@kaibo/modules/price'
import { discountedFen, offersOf } from './offers.ts'
import { goodsOf, type PromotionNeeds } from './promotion.ts'
import { giftsOf } from './rules.ts'
import * as store from './store.ts'

/** The offers of each ask, all baskets with one statement. */
export async function offersFor(db: Db, asks: readonly OfferAsk[]): Promise<Offer[][]> {
  const skus = asks.flatMap(ask => ask.skus)
  if (skus.length === 0) return asks.map(() => [])
  const running = await store.runningFor(db, {
    shopIds: [...new Set(skus.map(sku => sku.shopId))],
    productIds: [...new Set(skus.map(sku => sku.productId))],
    bundleIds: [...new Set(asks.flatMap(ask => ask.bundleIds))],
  })
  return asks.map(ask => offersOf(running, ask))
}

/** The promotions that a product takes part in now. Throws `product.not_found`, also for drafts. */
export async function offersOfProduct(
  needs: PromotionNeeds,
  productId: Id,
): Promise<{ offers: ProductOffer[]; now: string }> {
  const { db } = needs.database
  const [product] = await needs.catalog.productsByIds(db, [productId])
  if (!product) throw fail('product.not_found')
  const skus = await needs.catalog.skusByIds(
    db,
    product.skus.map(sku => sku.id),
  )
  const running = await store.runningFor(db, {
    shopIds: [product.shopId],
    productIds: [productId],
    bundleIds: null,
  })
  const about = running.filter(({ rules }) => isAbout(rules, skus))
  const goods = await goodsOf(needs, [...new Set(about.flatMap(row => shownSkuIds(row.rules)))])
  const now = await store.databaseNow(db)
  return {
    offers: about.map(({ id, title, endsAt, rules }) => ({
      id,
      title,
      endsAt: endsAt.toISOString(),
      rules: narrowed(rules, skus),
      prices: pricesOf(rules, skus),
      goods: goods.filter(({ skuId }) => shownSkuIds(rules).includes(skuId)),
    })),
    now: now.toISOString(),
  }
}

function isAbout(rules: PromotionRules, skus: readonly SkuFacts[]): boolean {
  if (rules.kind === 'limited_discount') return pricesOf(rules, skus).length > 0
  if (rules.kind !== 'bundle') return skus.some(sku => inScope(sku, rules.scope))
  return rules.items.some(item => skus.some(sku => sku.skuId === item.skuId))
}

/** What is shown beside the product itself: the rest of a set, and gifts. */
const shownSkuIds = (rules: PromotionRules): Id[] =>
  (rules.kind === 'bundle' ? rules.items : giftsOf(rules)).map(({ skuId }) => skuId)

/** Without the prices of other products. */
const narrowed = (rules: PromotionRules, skus: readonly SkuFacts[]): PromotionRules =>
  rules.kind === 'limited_discount'
    ? { ...rules, items: rules.items.filter(item => skus.some(sku => sku.skuId === item.skuId)) }
    : rules

const pricesOf = (rules: PromotionRules, skus: readonly SkuFacts[]): ProductOffer['prices'] =>
  rules.kind === 'limited_discount'
    ? skus.flatMap(sku => {
        const priceFen = discountedFen(rules, sku)
        // The shelf may have become cheaper than the promotion since.
        if (priceFen === null || priceFen >= sku.priceFen) return []
        return [{ skuId: sku.skuId, listPriceFen: sku.priceFen, priceFen }]
      })
    : []
