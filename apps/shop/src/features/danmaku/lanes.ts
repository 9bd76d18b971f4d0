/** Something that is to fly: what it says is the caller's. */
export type Arrival<T> = { item: T; widthPx: number; isOwn: boolean }
/** Something on its way from the right edge to the left. */
export type Flight<T> = Arrival<T> & { lane: number; bornMs: number }

export type Sky<T> = {
  /** In the order in which they started. */
  flying: readonly Flight<T>[]
  /** My own first, then as they came. */
  waiting: readonly Arrival<T>[]
}
export type Field = { widthPx: number; laneCount: number; lifeMs: number }

/** More would cost frames on cheap phones, and nobody reads them. */
export const flyingMax = 120
/** Behind a crowd only the newest words are worth waiting for. */
export const waitingMax = 60
const gapPx = 24

export const emptySky = <T>(): Sky<T> => ({ flying: [], waiting: [] })

/** Somebody's words join the queue; the oldest of it make room, mine never wait behind others. */
export function arrived<T>(sky: Sky<T>, arrival: Arrival<T>): Sky<T> {
  const own = sky.waiting.filter(({ isOwn }) => isOwn)
  const others = sky.waiting.filter(({ isOwn }) => !isOwn)
  const waiting = arrival.isOwn
    ? [...own, arrival, ...others]
    : [...own, ...[...others, arrival].slice(-waitingMax)]
  return { ...sky, waiting }
}

/** How far the right edge of a flight is from the left edge of the field. */
export const tailPx = <T>(flight: Flight<T>, field: Field, nowMs: number): number =>
  headPx(flight, field, nowMs) + flight.widthPx

/** Where a flight begins now: everything crosses the field in the same time. */
export function headPx<T>({ bornMs, widthPx }: Flight<T>, field: Field, nowMs: number): number {
  const share = (nowMs - bornMs) / field.lifeMs
  return field.widthPx - share * (field.widthPx + widthPx)
}

/** Lands what has crossed the field and starts what finds a free lane. */
export function moved<T>(sky: Sky<T>, field: Field, nowMs: number): Sky<T> {
  let flying = sky.flying.filter(({ bornMs }) => nowMs - bornMs < field.lifeMs)
  if (flying.length === sky.flying.length && sky.waiting.length === 0) return sky
  const waiting: Arrival<T>[] = []
  const last: Last<T> = new Map(flying.map(flight => [flight.lane, flight]))
  for (const arrival of sky.waiting) {
    const isFull = flying.length >= flyingMax
    const lane = isFull && !arrival.isOwn ? null : laneFor(arrival, { last, field, nowMs })
    if (lane === null) {
      waiting.push(arrival)
      continue
    }
    const flight = { ...arrival, lane, bornMs: nowMs }
    last.set(lane, flight)
    flying = [...flying, flight].slice(-flyingMax)
  }
  return { flying, waiting }
}

/** Who started last in each lane. */
type Last<T> = Map<number, Flight<T>>
type Facts<T> = { last: Last<T>; field: Field; nowMs: number }

/** The highest lane in which it touches nobody; my own words take the one that clears first. */
function laneFor<T>(arrival: Arrival<T>, { last, field, nowMs }: Facts<T>): number | null {
  let soonest: { lane: number; clearMs: number } | null = null
  for (let lane = 0; lane < field.laneCount; lane++) {
    const before = last.get(lane)
    const clearMs = before ? waitMs(arrival, before, { field, nowMs }) : 0
    if (clearMs === 0) return lane
    if (!soonest || clearMs < soonest.clearMs) soonest = { lane, clearMs }
  }
  return arrival.isOwn && soonest ? soonest.lane : null
}

/** How long until an arrival neither covers the flight before it nor overtakes it; 0 = now. */
function waitMs<T>(
  arrival: Arrival<T>,
  before: Flight<T>,
  { field, nowMs }: Omit<Facts<T>, 'last'>,
): number {
  const { widthPx, lifeMs } = field
  const enteredMs = before.bornMs + ((before.widthPx + gapPx) / (widthPx + before.widthPx)) * lifeMs
  // The wider of two is faster: it may touch the left edge only when the other has gone.
  const reachMs = (widthPx / (widthPx + arrival.widthPx)) * lifeMs
  const goneMs = before.bornMs + lifeMs - reachMs
  return Math.max(0, enteredMs - nowMs, goneMs - nowMs)
}
