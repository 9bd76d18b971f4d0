/** A picture reduced to the brightness of few fields, and when it was seen. */
export type Glimpse = { readonly atMs: number; readonly fields: readonly number[] }

/** Looks longer back than any way to viewers takes. */
export const delayMsMax = 15_000
const stepMs = 50
/** Fewer pictures of the viewers tell nothing, nor do pictures that hardly move. */
const glimpsesMin = 20
const movementMin = 0.5
/** How alike both must move at the best shift (1 is the same), and how much more than elsewhere. */
const likenessMin = 0.75
const clearBy = 0.04
/** Shifts this near to the best one are no rivals of it: pictures change slowly. */
const nearMs = 800

/**
 * How much later the viewers' picture moves as the own one moved. Brightness itself is not compared,
 * because encoders change it a little; only how each field changes. Null while both have too little
 * in common, such as in front of a still scene, or repeat themselves.
 */
export function delayBetween(own: readonly Glimpse[], viewed: readonly Glimpse[]): number | null {
  const first = own[0]
  const last = viewed.at(-1)
  if (!first || !last || viewed.length < glimpsesMin) return null
  const reachMs = Math.min(delayMsMax, last.atMs - first.atMs)
  const shifts: { ms: number; likeness: number }[] = []
  for (let ms = 0; ms <= reachMs; ms += stepMs) {
    const likeness = likenessAt(own, viewed, ms)
    if (likeness !== null) shifts.push({ ms, likeness })
  }
  const best = mostAlike(shifts)
  if (!best || best.likeness < likenessMin) return null
  const rival = mostAlike(shifts.filter(({ ms }) => Math.abs(ms - best.ms) > nearMs))
  return rival && best.likeness - rival.likeness < clearBy ? null : best.ms
}

const mostAlike = (shifts: readonly { ms: number; likeness: number }[]) =>
  shifts.reduce<(typeof shifts)[number] | undefined>(
    (best, next) => (best && best.likeness >= next.likeness ? best : next),
    undefined,
  )

/** The correlation of the fields' changes, with the viewers' picture moved back by `shiftMs`. */
function likenessAt(
  own: readonly Glimpse[],
  viewed: readonly Glimpse[],
  shiftMs: number,
): number | null {
  const pairs = pairsAt(own, viewed, shiftMs)
  const fieldCount = viewed[0]?.fields.length ?? 0
  if (pairs.length < glimpsesMin) return null
  let [together, mine, theirs] = [0, 0, 0]
  for (let field = 0; field < fieldCount; field++) {
    const a = pairs.map(([was]) => was[field] ?? 0)
    const b = pairs.map(([, is]) => is[field] ?? 0)
    const [meanA, meanB] = [mean(a), mean(b)]
    for (const [place, value] of a.entries()) {
      const offA = value - meanA
      const offB = (b[place] ?? 0) - meanB
      together += offA * offB
      mine += offA * offA
      theirs += offB * offB
    }
  }
  const least = movementMin ** 2 * pairs.length * fieldCount
  return mine < least || theirs < least ? null : together / Math.sqrt(mine * theirs)
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

type Fields = Glimpse['fields']

/** Each picture of the viewers with the own one that was seen `shiftMs` before. */
function pairsAt(
  own: readonly Glimpse[],
  viewed: readonly Glimpse[],
  shiftMs: number,
): [own: Fields, viewed: Fields][] {
  const pairs: [Fields, Fields][] = []
  let at = 0
  for (const { atMs, fields } of viewed) {
    const wantedMs = atMs - shiftMs
    while (at + 1 < own.length && (own[at + 1]?.atMs ?? Infinity) <= wantedMs) at++
    const before = own[at]
    const after = own[at + 1]
    if (!before || !after || before.atMs > wantedMs) continue
    pairs.push([
      wantedMs - before.atMs < after.atMs - wantedMs ? before.fields : after.fields,
      fields,
    ])
  }
  return pairs
}

/** The newest glimpses that are still of use. */
export const withGlimpse = (
  known: readonly Glimpse[],
  next: Glimpse,
  keptMs: number,
): Glimpse[] => [...known.filter(({ atMs }) => atMs > next.atMs - keptMs), next]
