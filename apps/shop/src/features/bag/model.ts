import type { Bag, BagItem } from '@kaibo/contract/show/showcase'

export type BagRow = { item: BagItem; isExplained: boolean; isSoldOut: boolean; isOff: boolean }

/** The bag in the order of the sheet: what is being explained first, then by number. */
export function bagRows(bag: Bag): BagRow[] {
  const explainedId = bag.explaining?.item.product.id
  return bag.items
    .map(item => ({
      item,
      isExplained: item.product.id === explainedId,
      isSoldOut: item.product.available <= 0,
      isOff: item.product.state !== 'on_shelf',
    }))
    .sort((a, b) => Number(b.isExplained) - Number(a.isExplained) || a.item.number - b.item.number)
}

/** What a buyer looks for: the number said aloud, or words of the title. */
export function found(rows: readonly BagRow[], words: string): readonly BagRow[] {
  const wanted = words.trim().toLowerCase()
  const number = /^\d+$/.exec(wanted) ? Number(wanted) : null
  return rows.filter(
    ({ item: { number: own, product } }) =>
      own === number || `${product.title} ${product.subtitle}`.toLowerCase().includes(wanted),
  )
}

/** New numbers for a bag: the cards of the products whose stock changed are asked anew. */
export const touchesBag = (
  bag: Bag | undefined,
  levels: readonly { productId: string }[],
): boolean =>
  bag?.items.some(({ product }) => levels.some(level => level.productId === product.id)) ?? false
