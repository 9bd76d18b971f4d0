import type { Cost, Pipeline } from './pipeline.ts'
import type { SuppliedEffect } from './port.ts'
import { type EffectSettings, stepsOf } from './settings.ts'

type Wish = {
  readonly video: MediaStreamTrack | null
  readonly isScreen: boolean
  readonly settings: EffectSettings
  readonly supplied: readonly SuppliedEffect[]
}

/**
 * The picture with effects, while there is one and something is wanted of it; the code for them is
 * loaded with the first wish. `onFailed`: this device cannot, and the raw picture goes out again.
 */
export function createProcessed(onFailed: () => void) {
  let running: (Pipeline & { of: MediaStreamTrack }) | null = null
  let hasFailed = false
  const stop = () => {
    running?.stop()
    running = null
  }
  const giveUp = () => {
    running = null
    hasFailed = true
    onFailed()
  }
  return {
    hasFailed: () => hasFailed,
    /** Null: the raw track is what goes out. */
    track: (): MediaStreamTrack | null => running?.track ?? null,
    cost: (): Cost | null => running?.cost() ?? null,
    async arrange({ video, isScreen, settings, supplied }: Wish): Promise<void> {
      const isWanted = stepsOf(settings, { isScreen, supplied }).length > 0
      if (!video || !isWanted || hasFailed) return stop()
      if (running?.of === video) return running.set(settings)
      const { startPipeline } = await import('./pipeline.ts')
      stop()
      try {
        const needs = { track: video, isScreen, settings, supplied, onFailed: giveUp }
        running = { ...startPipeline(needs), of: video }
      } catch {
        hasFailed = true
      }
    },
    stop,
  }
}
