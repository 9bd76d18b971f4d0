import type { ProductCard } from '@kaibo/contract/goods/catalog'
import type { Bag, BagItem } from '@kaibo/contract/show/showcase'

/** The bag of a room holds no more. */
export const bagItemsMax = 100

/** The number said aloud is the place in the bag. */
const numbered = (products: readonly ProductCard[]): BagItem[] =>
  products.map((product, place) => ({ number: place + 1, product }))

const productsOf = (items: readonly BagItem[]) => items.map(item => item.product)

/** The bag with one product at another place (both places from 0). */
export function moveItem(items: readonly BagItem[], from: number, to: number): BagItem[] {
  const products = productsOf(items)
  const [moved] = products.splice(from, 1)
  if (moved) products.splice(Math.max(0, to), 0, moved)
  return numbered(products)
}

/** The bag with these products at its end; those that are in already keep their place. */
export function addProducts(items: readonly BagItem[], added: readonly ProductCard[]): BagItem[] {
  const fresh = added.filter(({ id }) => !items.some(({ product }) => product.id === id))
  return numbered([...productsOf(items), ...fresh].slice(0, bagItemsMax))
}

export const removeProduct = (items: readonly BagItem[], productId: string): BagItem[] =>
  numbered(productsOf(items).filter(({ id }) => id !== productId))

/** The bag as it looks once `productId` is explained, or nothing is. */
export function explained(bag: Bag, productId: string | null, nowMs: number): Bag {
  const item = bag.items.find(({ product }) => product.id === productId)
  if (!item) return { ...bag, explaining: null }
  if (bag.explaining?.item.product.id === productId) return bag
  return { ...bag, explaining: { item, since: new Date(nowMs).toISOString() } }
}

/** The bag with other items; an explanation ends when its product leaves. */
export function rearranged(bag: Bag, items: readonly BagItem[]): Bag {
  const item = items.find(({ product }) => product.id === bag.explaining?.item.product.id)
  const explaining = item && bag.explaining ? { ...bag.explaining, item } : null
  return { ...bag, items: [...items], explaining }
}

/** Of two states of the bag the later one; the same version may carry fresher stock. */
export const newerBag = (arrived: Bag, known: Bag | undefined): Bag =>
  known && known.version > arrived.version ? known : arrived

/** What a key asks for: 1 … 9 explain the product of that number, 0 stops explaining. */
export function wishOfKey(
  key: string,
  items: readonly BagItem[],
): { explainId: string | null } | undefined {
  if (key === '0') return { explainId: null }
  const item = /^[1-9]$/.test(key) ? items[Number(key) - 1] : undefined
  return item && { explainId: item.product.id }
}

/** What comes after the explained product; the first when nothing is explained, nothing after the last. */
export const nextInBag = ({ items, explaining }: Pick<Bag, 'items' | 'explaining'>) =>
  items[explaining ? explaining.item.number : 0]

/** The rows of the bag that a search finds: by the number said aloud, or by words of the title. */
export function foundItems(items: readonly BagItem[], words: string): readonly BagItem[] {
  const wanted = words.trim().toLocaleLowerCase()
  if (wanted === '') return items
  return items.filter(
    ({ number, product }) =>
      String(number) === wanted || product.title.toLocaleLowerCase().includes(wanted),
  )
}

/** The products that have these words in their title or subtitle. */
export function matching(cards: readonly ProductCard[], words: string): ProductCard[] {
  const wanted = words.toLocaleLowerCase()
  return cards.filter(({ title, subtitle }) =>
    `${title}\n${subtitle}`.toLocaleLowerCase().includes(wanted),
  )
}

/** Why a product cannot be sold now, if so. */
export function saleProblem(product: Pick<ProductCard, 'state' | 'available'>) {
  if (product.state !== 'on_shelf') return 'offShelf'
  return product.available <= 0 ? 'soldOut' : null
}
