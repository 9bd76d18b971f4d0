import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useEffect, useState } from 'react'
import { nextChangeMs, salesAt } from './model.ts'

/** Where sales are looked at: a shop's pages, or one of its rooms; null while it is not known. */
export type SalePlace = { shopId: string; liveId?: string | undefined } | null

/** Left counts move without an event of their own. */
const refreshMs = 30_000
/** The longest that a timer of the browser can wait, about. */
const timerMsMax = 2_000_000_000

/**
 * The flash sales of a place by SKU, with the server's clock. Events bring starts, ends and sell-outs;
 * the clock alone turns prices at the very moment.
 */
export function useSales(place: SalePlace) {
  const query = useQueryOf(
    ['sales', place],
    () =>
      api.flashsale.showing({
        ...(place ? { shopId: place.shopId } : {}),
        ...(place?.liveId ? { liveId: place.liveId } : {}),
      }),
    { enabled: place !== null, everyMs: refreshMs, keepsLast: true },
  )
  const cards = query.data?.items ?? []
  const offsetMs = query.data ? Date.parse(query.data.now) - query.dataUpdatedAt : 0
  useTopic(place ? topics.stock(place.shopId) : null, {
    onOrdered(message) {
      if (message.t === 'sale.changed') void query.refetch()
    },
  })
  const nowMs = Date.now() + offsetMs
  useTurn(nextChangeMs(cards, nowMs), nowMs)
  return { sales: salesAt(cards, nowMs), cards, offsetMs }
}

/** Draws again at a moment. */
function useTurn(atMs: number | null, nowMs: number): void {
  const [, setTurned] = useState(0)
  const waitMs = atMs === null ? null : Math.min(timerMsMax, atMs - nowMs)
  useEffect(() => {
    if (atMs === null || waitMs === null) return
    const timer = setTimeout(() => setTurned(atMs), waitMs)
    return () => clearTimeout(timer)
  }, [atMs, waitMs])
}
