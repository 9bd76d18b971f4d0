/** What the demo's shops sell under, and what is cheaper for a while: all of it fictional. */
import type { Text } from './product-shape.ts'

export type DemoCategory = { readonly slug: string; readonly name: Text; readonly parent?: string }

/** Parents before their children. */
export const demoCategories: readonly DemoCategory[] = [
  { slug: 'tea', name: { zh: '茶饮', en: 'Tea & coffee' } },
  { slug: 'tea-leaves', name: { zh: '茶叶', en: 'Tea leaves' }, parent: 'tea' },
  { slug: 'brewing', name: { zh: '冲泡器具', en: 'Brewing' }, parent: 'tea' },
  { slug: 'home', name: { zh: '餐厨家居', en: 'Kitchen & home' } },
  { slug: 'tableware', name: { zh: '餐具', en: 'Tableware' }, parent: 'home' },
  { slug: 'kitchenware', name: { zh: '厨具', en: 'Kitchenware' }, parent: 'home' },
  { slug: 'vases', name: { zh: '花器', en: 'Vases' }, parent: 'home' },
  { slug: 'food', name: { zh: '食品', en: 'Food' } },
  { slug: 'sweets', name: { zh: '蜜饯甜食', en: 'Honey & sweets' }, parent: 'food' },
  { slug: 'clothing', name: { zh: '服饰', en: 'Clothing' } },
  { slug: 'accessories', name: { zh: '布衣配饰', en: 'Cloth & scarves' }, parent: 'clothing' },
  { slug: 'bags', name: { zh: '包袋', en: 'Bags' }, parent: 'clothing' },
  { slug: 'care', name: { zh: '个护', en: 'Personal care' } },
  { slug: 'hand-care', name: { zh: '手部护理', en: 'Hand care' }, parent: 'care' },
]

/** Yuan that come off from a threshold on. */
export const demoReductions = [
  { thresholdFen: 19_900, offFen: 2_000 },
  { thresholdFen: 39_900, offFen: 5_000 },
] as const

/** Products that are 12 % off for a while. */
export const demoDiscount = {
  title: '秋日换季八八折',
  offBps: 1_200,
  slugs: ['linen-apron', 'wool-scarf'],
} as const

/** A set at a fixed price: slug and which of its variants. */
export const demoBundle = {
  title: '一人一茶：龙井配青瓷杯',
  items: [
    { slug: 'longjing-tea', sku: 1 },
    { slug: 'celadon-cup', sku: 0 },
  ],
  priceFen: 18_900,
} as const

/** Two of one, one of the other as a gift. */
export const demoGift = {
  title: '龙井买二送山楂',
  slug: 'longjing-tea',
  buyCount: 2,
  gift: { slug: 'candied-hawthorn', sku: 0 },
} as const

export type DemoFlashItem = {
  readonly slug: string
  readonly sku: number
  /** Of the price on the shelf. */
  readonly shareOfPrice: number
  readonly quota: number
}

/** One sale for everybody, one for those who are in the room. */
export const demoFlashSales = [
  {
    title: '今日秒杀',
    channel: 'everywhere',
    items: [
      { slug: 'drip-kettle', sku: 0, shareOfPrice: 0.7, quota: 12 },
      { slug: 'cotton-tote', sku: 0, shareOfPrice: 0.6, quota: 20 },
    ],
  },
  {
    title: '直播间专享',
    channel: 'live',
    items: [{ slug: 'osmanthus-honey', sku: 0, shareOfPrice: 0.8, quota: 30 }],
  },
] as const satisfies readonly {
  title: string
  channel: 'everywhere' | 'live'
  items: readonly DemoFlashItem[]
}[]
