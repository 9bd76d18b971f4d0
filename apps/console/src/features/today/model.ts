import type { OrderSource } from '@kaibo/contract/trade/order'
import type { SourceReport } from '@kaibo/contract/trade/orderdesk'
import { type Fen, sumFen } from '@kaibo/kernel/money'

export type KindTotal = {
  kind: OrderSource['kind']
  orderCount: number
  paidFen: Fen
  /** Of everything that was paid, in whole percent. */
  share: number
}

/** Sales by kind of source, the greatest first: rooms, links and videos each summed up. */
export function byKind({ items, paidFen: allFen }: SourceReport): KindTotal[] {
  return [...Map.groupBy(items, item => item.kind)]
    .map(([kind, own]) => {
      const paidFen = sumFen(own.map(item => item.paidFen))
      return {
        kind,
        orderCount: own.reduce((sum, item) => sum + item.orderCount, 0),
        paidFen,
        share: allFen === 0 ? 0 : Math.round((paidFen * 100) / allFen),
      }
    })
    .toSorted((a, b) => b.paidFen - a.paidFen)
}
