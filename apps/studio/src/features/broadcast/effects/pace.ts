/** What effects cost here, over the last frames. */
export type Cost = { readonly msPerFrame: number; readonly framesPerSec: number }

/** A frame is followed by as long a rest as it took: so long a one leaves twelve in a second. */
export const slowMs = 42
/** At the smallest size: fewer than five in a second are no moving picture. */
const hopelessMs = 100
/** Parts of the picture's own size at which effects work, best first. */
const scales = [1, 0.75, 0.5] as const
const framesMax = 60
/** One slow frame says nothing: a shader was compiled, a page was laid out. */
const judgedFramesMin = 6
const judgedMsMin = 2_000

export type Pace = {
  /** The size at which the next frame is to be drawn. */
  readonly scale: () => number
  readonly cost: () => Cost
  /** A frame was drawn; true when this device is too slow even for the smallest size. */
  readonly note: (startMs: number, endMs: number) => boolean
}

/** Watches how long frames take, and makes them smaller until the picture moves again. */
export function createPace(): Pace {
  let step = 0
  let drawn: { startMs: number; tookMs: number }[] = []
  const cost = (): Cost => {
    const [first, last] = [drawn[0], drawn.at(-1)]
    if (!first || !last || first === last) return { msPerFrame: 0, framesPerSec: 0 }
    const sumMs = drawn.reduce((sum, { tookMs }) => sum + tookMs, 0)
    return {
      msPerFrame: sumMs / drawn.length,
      framesPerSec: ((drawn.length - 1) / (last.startMs - first.startMs)) * 1_000,
    }
  }
  return {
    scale: () => scales[step] ?? 1,
    cost,
    note(startMs, endMs) {
      drawn = [...drawn, { startMs, tookMs: endMs - startMs }].slice(-framesMax)
      const spanMs = endMs - (drawn[0]?.startMs ?? endMs)
      if (drawn.length < judgedFramesMin || spanMs < judgedMsMin) return false
      const { msPerFrame } = cost()
      const isLast = step === scales.length - 1
      if (msPerFrame <= (isLast ? hopelessMs : slowMs)) return false
      if (isLast) return true
      step += 1
      drawn = []
      return false
    },
  }
}
