import type { LiveSession, Recap } from '@kaibo/contract/show/live'
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
  const onAir = recap.explains
    .map(explain => ({ explain, ...partOnAir(explain, startMs) }))
    .filter(({ seconds }) => seconds >= 0)
  const products = [...new Set(onAir.map(({ explain }) => explain.productId))]
  return onAir.map(({ explain, offsetSec, seconds }, place) => {
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

function partOnAir(explain: Recap['explains'][number], startMs: number) {
  const beginSec = Math.round((Date.parse(explain.startedAt) - startMs) / 1_000)
  const offsetSec = Math.max(0, beginSec)
  return { offsetSec, seconds: beginSec + explain.seconds - offsetSec }
}

/** What an order came to on average, in whole fen; null without orders. */
export const averageOrderFen = ({
  orderCount,
  amountFen,
}: Pick<Recap, 'orderCount' | 'amountFen'>): Fen | null =>
  orderCount === 0 ? null : fen(Math.round(amountFen / orderCount))
