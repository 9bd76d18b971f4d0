import type { StockDay } from '@kaibo/contract/goods/stock'

export type TrendBar = {
  day: string
  x: number
  width: number
  /** In goes up from the middle, sold and out go down from it. */
  parts: { kind: 'in' | 'sold' | 'out'; y: number; height: number }[]
  counts: { day: string; inCount: number; soldCount: number; outCount: number; onHand: number }
}

const gapShare = 0.3

/** Where bars and line of a trend stand in a drawing of this size. */
export function trendBars(
  days: readonly StockDay[],
  size: { width: number; height: number },
): { bars: TrendBar[]; line: string; onHandMax: number } {
  const half = size.height / 2
  const peak = Math.max(1, ...days.map(day => Math.max(day.inCount, day.soldCount + day.outCount)))
  const onHandMax = Math.max(0, ...days.map(day => day.onHand))
  const step = size.width / Math.max(1, days.length)
  const scaled = (count: number) => (count / peak) * half
  const bars = days.map((counts, index) => {
    const { day, inCount, soldCount, outCount } = counts
    const [up, sold, out] = [scaled(inCount), scaled(soldCount), scaled(outCount)]
    return {
      day,
      counts,
      x: index * step + (step * gapShare) / 2,
      width: step * (1 - gapShare),
      parts: [
        { kind: 'in' as const, y: half - up, height: up },
        { kind: 'sold' as const, y: half, height: sold },
        { kind: 'out' as const, y: half + sold, height: out },
      ].filter(part => part.height > 0),
    }
  })
  const line = days
    .map(({ onHand }, index) => {
      const y = size.height - 2 - (onHand / Math.max(1, onHandMax)) * (size.height - 4)
      return `${(index + 0.5) * step},${y}`
    })
    .join(' ')
  return { bars, line, onHandMax }
}
