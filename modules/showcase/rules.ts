import { fail } from '@kaibo/contract/core/fail'
import type { ProductCard } from '@kaibo/contract/goods/catalog'
import type { BagItem } from '@kaibo/contract/show/showcase'
import type { Id } from '@kaibo/kernel/ids'

/** Whether these products of this shop may be shown. Throws `product.not_found`. */
export function decideBag(
  shopId: Id,
  { productIds, cards }: { productIds: readonly Id[]; cards: readonly ProductCard[] },
): void {
  const shown = cards.filter(card => card.shopId === shopId)
  if (shown.length < productIds.length) throw fail('product.not_found')
}

/** Products with the number that the host says aloud: their place in the bag, hidden ones counted. */
export const itemsOf = (productIds: readonly Id[], cards: readonly ProductCard[]): BagItem[] =>
  cards.map(product => ({ number: productIds.indexOf(product.id) + 1, product }))

/** Whole seconds of an explanation; one that still runs is counted up to now. */
export function explainSec(
  { startedAt, endedAt }: { startedAt: Date; endedAt: Date | null },
  now: Date,
): number {
  return Math.max(0, Math.round(((endedAt ?? now).getTime() - startedAt.getTime()) / 1_000))
}
