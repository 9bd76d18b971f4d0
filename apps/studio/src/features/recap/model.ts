import type { LiveSession, Recap } from '@kaibo/contract/live'
import { type Fen, fen } from '@kaibo/kernel/money'

export type Explained = {
  key: string
  title: string
  /** From the start of the show. */
  offsetSec: number
  seconds: number
  /** Where on the bar of the show, 0 … 1. */
  from: number
  length: number
  /** The same product always has the same colour, 0 … 5. */
  hue: number
}

const huesMax = 6

/** The explanations along the show, in order; what was tried out before it is left out. */
export function timelineOf(
  recap: Pick<Recap, 'explains' | 'durationSec'>,
  session: Pick<LiveSession, 'startedAt' | 'createdAt'>,
): Explained[] {
  const startMs = Date.parse(session.startedAt ?? session.createdAt)
  const totalSec = Math.max(1, recap.durationSec)
  const products = [...new Set(recap.explains.map(({ productId }) => productId))]
  return recap.explains.flatMap((explain, place) => {
    const beginSec = Math.round((Date.parse(explain.startedAt) - startMs) / 1_000)
    const offsetSec = Math.max(0, beginSec)
    const seconds = beginSec + explain.seconds - offsetSec
    if (seconds < 0) return []
    const from = Math.min(1, offsetSec / totalSec)
    return {
      key: `${place}-${explain.productId}`,
      title: explain.title,
      offsetSec,
      seconds,
      from,
      length: Math.min(1 - from, seconds / totalSec),
      hue: products.indexOf(explain.productId) % huesMax,
    }
  })
}

/** What an order came to on average, in whole fen; null without orders. */
export const averageOrderFen = ({
  orderCount,
  amountFen,
}: Pick<Recap, 'orderCount' | 'amountFen'>): Fen | null =>
  orderCount === 0 ? null : fen(Math.round(amountFen / orderCount))
