import type { UserActor } from '@kaibo/contract/core/permissions'
import type { PromotionPlan } from '@kaibo/contract/offer/promotion'
import type { FreightPlan } from '@kaibo/contract/trade/freight'
import { newId } from '@kaibo/kernel/ids'
import { basisPoints, fen } from '@kaibo/kernel/money'
import { demoProducts } from '../../demo/demo.ts'
import {
  type DemoFlashItem,
  demoBundle,
  demoCategories,
  demoDiscount,
  demoFlashSales,
  demoGift,
  demoReductions,
} from '../../demo/demo-market.ts'
import type { Kaibo } from '../compose.ts'
import { demoId } from './accounts.ts'
import { contextOf } from './context.ts'

export const categoryIdOf = (slug: string) => demoId(`category ${slug}`)

/** A SKU of a demo product in one of the shops. */
export const skuIdOf = (shopId: string, { slug, sku }: { slug: string; sku: number }) =>
  demoId(`${shopId} ${slug} ${sku}`)
export const productIdOf = (shopId: string, slug: string) => demoId(`${shopId} ${slug}`)

const dayMs = 86_400_000
const after = (days: number) => new Date(Date.now() + days * dayMs).toISOString()

/** The platform's side: the category tree, and what the platform keeps of a sale. */
export async function ensurePlatform(kaibo: Kaibo, operator: UserActor): Promise<void> {
  const { category, takerate } = kaibo.handlers
  const ctx = contextOf(operator)
  const { items } = await category.tree(ctx, {})
  const known = new Set(items.map(({ id }) => id))
  for (const [position, { slug, name, parent }] of demoCategories.entries()) {
    const id = categoryIdOf(slug)
    if (known.has(id)) continue
    await category.create(ctx, {
      id,
      parentId: parent ? categoryIdOf(parent) : null,
      position,
      name: name.zh,
      nameEn: name.en,
      documentTypeIds: [],
      rateHandle: '',
    })
  }
  const rates = await takerate.list(ctx, { limit: 1 })
  if (rates.items.length > 0) return
  const everywhere = { shopId: null, categoryId: null, effectiveFrom: null }
  await takerate.add(ctx, { id: newId(), ...everywhere, rateBps: 500, note: '演示' })
}

const freight: FreightPlan = {
  name: '全国包邮（满 99 元）',
  chargeBy: 'piece',
  rules: [
    // Taiwan, Hong Kong and Macao need customs papers that the demo does not write.
    { regions: ['71', '81', '82'], charge: null },
    {
      regions: ['54', '65'],
      charge: {
        ...{ firstUnits: 1, firstFen: fen(1_800), furtherUnits: 1, furtherFen: fen(600) },
        ...{ freeFromFen: null, freeFromCount: null },
      },
    },
  ],
  elsewhere: {
    ...{ firstUnits: 3, firstFen: fen(800), furtherUnits: 2, furtherFen: fen(200) },
    ...{ freeFromFen: fen(9_900), freeFromCount: null },
  },
}

type Sold = { shopId: string; owner: UserActor }

/** What sending costs; before there are products, which may name it. */
export async function ensureFreight(kaibo: Kaibo, { shopId, owner }: Sold): Promise<void> {
  const ctx = contextOf(owner)
  const { items } = await kaibo.handlers.freight.list(ctx, { shopId })
  if (items.length === 0)
    await kaibo.handlers.freight.create(ctx, { shopId, id: newId(), ...freight })
}

const promotionsOf = (shopId: string): Omit<PromotionPlan, 'startsAt' | 'endsAt'>[] => [
  {
    title: '满 199 减 20，满 399 减 50',
    rules: {
      kind: 'full_reduction',
      scope: { only: 'all', ids: [] },
      by: 'amount',
      repeats: false,
      tiers: demoReductions.map(({ thresholdFen, offFen }) => ({
        threshold: thresholdFen,
        off: { fen: fen(offFen) },
        gifts: [],
      })),
    },
  },
  {
    title: demoDiscount.title,
    rules: {
      kind: 'limited_discount',
      items: [],
      share: {
        scope: { only: 'products', ids: demoDiscount.slugs.map(slug => productIdOf(shopId, slug)) },
        offBps: basisPoints(demoDiscount.offBps),
      },
      stacksWithMember: false,
    },
  },
  {
    title: demoBundle.title,
    rules: {
      kind: 'bundle',
      items: demoBundle.items.map(item => ({ skuId: skuIdOf(shopId, item), quantity: 1 })),
      priceFen: fen(demoBundle.priceFen),
    },
  },
  {
    title: demoGift.title,
    rules: {
      kind: 'buy_gift',
      scope: { only: 'products', ids: [productIdOf(shopId, demoGift.slug)] },
      buyCount: demoGift.buyCount,
      gifts: [{ skuId: skuIdOf(shopId, demoGift.gift), quantity: 1 }],
      timesMax: 3,
    },
  },
]

/** Promotions, coupons and flash sales of the shop that is live; what runs already is left alone. */
export async function ensureOffers(
  kaibo: Kaibo,
  { shopId, owner, operator }: Sold & { operator: UserActor },
): Promise<void> {
  const ctx = contextOf(owner)
  const { promotion } = kaibo.handlers
  const running = await promotion.manageList(ctx, { shopId, state: 'running', limit: 50 })
  const titles = new Set(running.items.map(({ title }) => title))
  const window = { startsAt: after(0), endsAt: after(30) }
  for (const plan of promotionsOf(shopId)) {
    if (titles.has(plan.title)) continue
    const id = newId()
    await promotion.create(ctx, { shopId, id, ...window, ...plan })
    await promotion.publish(ctx, { shopId, id })
  }
  await ensureCoupons(kaibo, { shopId, owner, operator })
  await ensureFlashSales(kaibo, { shopId, owner })
}

async function ensureCoupons(
  { handlers: { coupon } }: Kaibo,
  { shopId, owner, operator }: Sold & { operator: UserActor },
): Promise<void> {
  const { items } = await coupon.centre(contextOf(owner), {})
  const ofShop = await coupon.centre(contextOf(owner), { shopId })
  const window = { claimFrom: after(0), claimUntil: after(60) }
  const terms = { validity: { days: 30 }, withActivity: false, group: '', code: null }
  const count = { totalCount: 10_000, perPersonMax: 1 }
  if (!ofShop.items.some(card => card.shop?.id === shopId))
    await coupon.create(contextOf(owner), {
      ...{ shopId, id: newId(), title: '见面礼：满 99 减 10' },
      ...{ scope: { only: 'all', ids: [] }, off: { fen: fen(1_000) }, thresholdFen: fen(9_900) },
      ...{ ...window, ...terms, ...count },
    })
  if (!items.some(card => card.shop === null))
    await coupon.platformCreate(contextOf(operator), {
      ...{ id: newId(), title: '平台券：九五折，最多减 30' },
      ...{ scope: { only: 'all', ids: [] }, off: { bps: 500, maxFen: fen(3_000) } },
      ...{ thresholdFen: fen(0), ...window, ...terms, ...count },
    })
}

/** A sale lasts a day; at the next start there is another one. */
async function ensureFlashSales({ handlers: { flashsale } }: Kaibo, sold: Sold): Promise<void> {
  const { shopId, owner } = sold
  const ctx = contextOf(owner)
  const listed = await Promise.all(
    (['running', 'scheduled'] as const).map(state =>
      flashsale.manageList(ctx, { shopId, state, limit: 50 }),
    ),
  )
  const titles = new Set(listed.flatMap(page => page.items.map(({ title }) => title)))
  for (const { title, channel, items } of demoFlashSales) {
    if (titles.has(title)) continue
    const id = newId()
    await flashsale.create(ctx, {
      ...{ shopId, id, title, channel, liveId: null, startsAt: after(0), endsAt: after(1) },
      items: items.map(item => flashItemOf(shopId, item)),
    })
    // Fewer on the shelf than the sale needs: it waits for more, like any other sale would.
    await flashsale.start(ctx, { shopId, id }).catch(() => {})
  }
}

const flashItemOf = (shopId: string, { slug, sku, shareOfPrice, quota }: DemoFlashItem) => {
  const priceFen = demoProducts.find(product => product.slug === slug)?.skus[sku]?.priceFen ?? 100
  return {
    skuId: skuIdOf(shopId, { slug, sku }),
    priceFen: fen(Math.round((priceFen * shareOfPrice) / 100) * 100),
    quota,
    perPersonMax: 2,
  }
}
