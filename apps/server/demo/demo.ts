/**
 * The demo shop and its rooms. Pictures lie beside this file: `covers/`, `products/`, `clip.flv`;
 * every path below is relative to this folder.
 */
import { demoProducts } from './demo-products.ts'
import type { Text } from './product-shape.ts'

export type { DemoProduct, Text } from './product-shape.ts'
export { demoProducts }

export const demoShop = {
  slug: 'shanlan',
  name: { zh: '山岚小铺', en: 'Shanlan Goods' },
  slogan: { zh: '一杯茶，一张桌，慢慢过日子', en: 'A cup of tea, a table, and time enough' },
  about: {
    zh: '山岚小铺是随 Kaibo 附带的演示店铺：卖茶、器物、布衣和一点甜食。店名、商品和价格都是虚构的。',
    en:
      'Shanlan Goods is the demo shop that comes with Kaibo: tea, things for the table, plain ' +
      'cloth and a little something sweet. Its name, goods and prices are fictional.',
  },
  logo: 'covers/shop-logo.webp',
  logoVector: 'covers/shop-logo.svg',
} as const

export type DemoRoom = {
  readonly slug: string
  readonly title: Text
  readonly category: Text
  /** What the host says about the room, shown on its page. */
  readonly intro: Text
  readonly cover: string
  readonly host: { readonly name: Text; readonly avatar: string }
  /** Slugs of the products in the bag, in the order in which they are explained. */
  readonly bag: readonly string[]
  /** The looped picture of a room that is live in the demo; the others are announced only. */
  readonly clip?: string
}

/** The first room is the one that moves. */
export const demoRooms: readonly DemoRoom[] = [
  {
    slug: 'tea-night',
    title: { zh: '夜里泡一壶春茶', en: 'A pot of spring tea by night' },
    category: { zh: '茶饮', en: 'Tea' },
    intro: {
      zh: '慢慢喝茶，顺便看看今年的龙井和新烧的青瓷杯。',
      en: 'Slow tea, this year’s Longjing, and celadon cups fresh from the kiln.',
    },
    cover: 'covers/tea-night.webp',
    host: { name: { zh: '阿岚', en: 'Lan' }, avatar: 'covers/avatar-1.webp' },
    bag: ['longjing-tea', 'celadon-cup', 'drip-kettle', 'osmanthus-honey', 'ceramic-vase'],
    clip: 'clip.flv',
  },
  {
    slug: 'kitchen-table',
    title: { zh: '周末餐桌：蒸一笼包子', en: 'Weekend table: a basket of buns' },
    category: { zh: '厨房家居', en: 'Kitchen & home' },
    intro: {
      zh: '从和面到出笼，边做边聊厨房里常用的几样东西。',
      en: 'From dough to steam, and a talk about the few things a kitchen uses daily.',
    },
    cover: 'covers/kitchen-table.webp',
    host: { name: { zh: '小满', en: 'Xiaoman' }, avatar: 'covers/avatar-2.webp' },
    bag: ['bamboo-steamer', 'walnut-board', 'linen-apron', 'candied-hawthorn', 'osmanthus-honey'],
  },
  {
    slug: 'autumn-wardrobe',
    title: { zh: '秋天的衣橱：棉麻与羊毛', en: 'Autumn wardrobe: linen and wool' },
    category: { zh: '服饰', en: 'Clothing' },
    intro: {
      zh: '讲讲面料怎么选、怎么洗，颜色在镜头前一件一件看。',
      en: 'How to choose cloth and how to wash it, with each colour shown on camera.',
    },
    cover: 'covers/autumn-wardrobe.webp',
    host: { name: { zh: '木子', en: 'Muzi' }, avatar: 'covers/avatar-3.webp' },
    bag: ['wool-scarf', 'cotton-tote', 'linen-apron', 'camellia-cream'],
  },
]
