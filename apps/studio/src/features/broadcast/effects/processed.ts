import type { Cost } from './pace.ts'
import type { Pipeline } from './pipeline.ts'
import type { SuppliedEffect } from './port.ts'
import { type EffectSettings, stepsOf } from './settings.ts'

type Wish = {
  readonly video: MediaStreamTrack | null
  readonly isScreen: boolean
  readonly settings: EffectSettings
  readonly supplied: readonly SuppliedEffect[]
}

/** Why there are no effects: this device cannot draw them at all, or not fast enough. */
export type EffectTrouble = 'lost' | 'tooSlow'

/**
 * The picture with effects, while there is one and something is wanted of it; the code for them is
 * loaded with the first wish. `onFailed`: this device cannot, and the raw picture goes out again.
 */
export function createProcessed(onFailed: () => void) {
  let running: (Pipeline & { of: MediaStreamTrack }) | null = null
  let trouble: EffectTrouble | null = null
  const stop = () => {
    running?.stop()
    running = null
  }
  const giveUp = (why: EffectTrouble) => {
    running = null
    trouble = why
    onFailed()
  }
  return {
    trouble: () => trouble,
    /** The host wishes anew: fewer effects may be fast enough. */
    tryAgain() {
      if (trouble === 'tooSlow') trouble = null
    },
    /** Null: the raw track is what goes out. */
    track: (): MediaStreamTrack | null => running?.track ?? null,
    cost: (): Cost | null => running?.cost() ?? null,
    async arrange({ video, isScreen, settings, supplied }: Wish): Promise<void> {
      const isWanted = stepsOf(settings, { isScreen, supplied }).length > 0
      if (!video || !isWanted || trouble) return stop()
      if (running?.of === video) return running.set(settings)
      const { startPipeline } = await import('./pipeline.ts')
      stop()
      try {
        const needs = { track: video, isScreen, settings, supplied, onFailed: giveUp }
        running = { ...startPipeline(needs), of: video }
      } catch {
        trouble = 'lost'
      }
    },
    stop,
  }
}
