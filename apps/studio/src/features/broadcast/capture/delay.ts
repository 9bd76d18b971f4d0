/** A picture reduced to the brightness of few fields, and when it was seen. */
export type Glimpse = { readonly atMs: number; readonly fields: readonly number[] }

/** Looks longer back than any way to viewers takes. */
export const delayMsMax = 15_000
const stepMs = 20
/** Fewer pictures of the viewers, or pictures that hardly move, tell nothing. */
const glimpsesMin = 20
const movementMin = 2
/** The best shift must beat the usual one by so much. */
const clearBy = 0.5

/**
 * How much later the viewers' picture shows what the own one showed: the shift at which both look
 * most alike. Null while they have too little in common, such as in front of a still scene.
 */
export function delayBetween(own: readonly Glimpse[], viewed: readonly Glimpse[]): number | null {
  const first = own[0]
  const last = viewed.at(-1)
  if (!first || !last || viewed.length < glimpsesMin) return null
  const reachMs = Math.min(delayMsMax, last.atMs - first.atMs)
  const shifts: { ms: number; off: number }[] = []
  for (let ms = 0; ms <= reachMs; ms += stepMs) {
    const off = difference(own, viewed, ms)
    if (off !== null) shifts.push({ ms, off })
  }
  const sorted = shifts.toSorted((a, b) => a.off - b.off)
  const best = sorted[0]
  const usual = sorted[Math.floor(sorted.length / 2)]
  if (!best || !usual || usual.off < movementMin) return null
  return best.off <= usual.off * clearBy ? best.ms : null
}

/** The mean difference of a field, with the viewers' picture moved back by `shiftMs`. */
function difference(
  own: readonly Glimpse[],
  viewed: readonly Glimpse[],
  shiftMs: number,
): number | null {
  let sum = 0
  let count = 0
  let at = 0
  for (const { atMs, fields } of viewed) {
    const wantedMs = atMs - shiftMs
    while (at + 1 < own.length && (own[at + 1]?.atMs ?? Infinity) <= wantedMs) at++
    const before = own[at]
    const after = own[at + 1]
    if (!before || !after || before.atMs > wantedMs) continue
    const part = (wantedMs - before.atMs) / (after.atMs - before.atMs)
    for (const [place, field] of fields.entries()) {
      const was = before.fields[place] ?? 0
      sum += Math.abs(field - (was + ((after.fields[place] ?? 0) - was) * part))
      count++
    }
  }
  return count >= (viewed[0]?.fields.length ?? 0) * glimpsesMin ? sum / count : null
}

/** The newest glimpses that are still of use. */
export const withGlimpse = (
  known: readonly Glimpse[],
  next: Glimpse,
  keptMs: number,
): Glimpse[] => [...known.filter(({ atMs }) => atMs > next.atMs - keptMs), next]
