import type { ProductCard } from '@kaibo/contract/goods/catalog'
import type { Bag } from '@kaibo/contract/show/showcase'
import { fen } from '@kaibo/kernel/money'
import { addProducts } from './model.ts'

/** A product on the shelf whose id is its title. */
export const card = (title: string): ProductCard => ({
  id: title,
  shopId: 'shop',
  title,
  subtitle: '',
  pictureUrl: null,
  state: 'on_shelf',
  priceFromFen: fen(1_000),
  priceToFen: fen(1_000),
  strikeFen: null,
  categoryId: null,
  brandId: null,
  isVirtual: false,
  available: 5,
  skuCount: 1,
})

/** A bag with these products. */
export const bagOf = (...titles: string[]): Bag => ({
  version: 1,
  items: addProducts([], titles.map(card)),
  explaining: null,
})

/** `1 tea, 2 cup`: numbers and titles. */
export const listed = ({ items }: Pick<Bag, 'items'>): string =>
  items.map(({ number, product }) => `${number} ${product.title}`).join(', ')
