import type { Order } from '@kaibo/contract/order'
import { type Fen, sumFen } from '@kaibo/kernel/money'

export type Sales = { orderCount: number; amountFen: Fen; isAtLeast: boolean }

type Sold = Pick<Order, 'source' | 'paidAt' | 'payableFen' | 'createdAt'>

/**
 * What this session sold so far: its paid orders among the newest of the shop. `isAtLeast` when
 * the page of orders did not reach back to the start of the session.
 */
export function salesOf(
  page: { items: readonly Sold[]; next: string | null },
  session: { id: string; createdAt: string },
): Sales {
  const paid = page.items.filter(
    ({ source, paidAt }) => source.kind === 'live' && source.id === session.id && paidAt !== null,
  )
  const oldest = page.items.at(-1)
  return {
    orderCount: paid.length,
    amountFen: sumFen(paid.map(({ payableFen }) => payableFen)),
    isAtLeast: page.next !== null && oldest !== undefined && oldest.createdAt > session.createdAt,
  }
}
