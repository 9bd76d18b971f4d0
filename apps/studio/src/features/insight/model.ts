import type { Insight, NextProduct } from '@kaibo/contract/show/insight'

const minuteMs = 60_000
/** Orders per minute are a mean of so many: one order more or less does not make it jump. */
export const paceMinutes = 5

/** Paid orders per minute lately, one digit after the point. */
export function ordersPerMinute({
  minutes,
  at,
  startedAt,
}: Pick<Insight, 'minutes' | 'at' | 'startedAt'>): number {
  const nowMs = Date.parse(at)
  const sinceMs = nowMs - paceMinutes * minuteMs
  const recent = minutes.filter(minute => Date.parse(minute.at) + minuteMs > sinceMs)
  const orderCount = recent.reduce((sum, minute) => sum + minute.orderCount, 0)
  const airedMinutes = startedAt === null ? paceMinutes : (nowMs - Date.parse(startedAt)) / minuteMs
  const span = Math.min(paceMinutes, Math.max(1, airedMinutes))
  return Math.round((orderCount / span) * 10) / 10
}

/** The numbers that a reason is told with. */
export const reasonFacts = (next: NextProduct) => ({
  carts: next.recentCartCount,
  bought: next.recentOrderCount,
  clicks: next.reason === 'clicked_unexplained' ? next.recentClickCount : next.clickCount,
  orders: next.orderCount,
  minutes: next.explainedAgoMin ?? 0,
})

/** Bars of one value per minute, in a box of 100 × 100, the newest at the right. */
export function bars(values: readonly number[], shownMax: number) {
  const shown = values.slice(-shownMax)
  const top = Math.max(...shown, 1)
  const step = 100 / shownMax
  return shown.map((value, place) => ({
    key: shown.length - place,
    x: 100 - (shown.length - place) * step,
    height: (value / top) * 100,
    width: step * 0.7,
  }))
}
