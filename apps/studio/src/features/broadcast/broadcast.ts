import { type CameraNeeds, type CameraView, createCamera } from './camera.ts'
import type { Facing } from './capture/devices.ts'
import { type Slate, startSlate } from './capture/slate.ts'
import { keepAwake } from './capture/wake-lock.ts'
import type { SuppliedEffect } from './effects/port.ts'
import { createProcessed, type EffectTrouble } from './effects/processed.ts'
import { type EffectSettings, settingsFromText, settingsToText } from './effects/settings.ts'
import { type Cast, isUnderWay } from './model.ts'
import { createPublisher, type PublisherNeeds } from './publish/publisher.ts'

export type BroadcastView = CameraView & {
  readonly cast: Cast
  /** What viewers get: the raw track, the one with effects. Null without a camera. */
  readonly picture: MediaStreamTrack | null
  readonly settings: EffectSettings
  readonly supplied: readonly SuppliedEffect[]
  /** Why this device sends the raw picture, whatever is wanted; null while it need not. */
  readonly effectTrouble: EffectTrouble | null
}

export type BroadcastNeeds = Omit<CameraNeeds, 'onChange'> &
  Omit<PublisherNeeds, 'media'> & {
    /** What the away slate says. */
    slateWords: () => string
    /** A phone in a pocket films nothing: its hidden page shows the slate. */
    isHandheld: boolean
    kept: Pick<Storage, 'getItem' | 'setItem'>
  }

const settingsKey = 'kaibo.studio.effects'

/** A broadcast from this device: what is filmed, what is made of it, and how it travels. */
export function createBroadcast(needs: BroadcastNeeds) {
  const listeners = new Set<() => void>()
  let settings = settingsFromText(needs.kept.getItem(settingsKey))
  let supplied: readonly SuppliedEffect[] = []
  let slate: Slate | null = null
  let isHidden = false
  let releaseScreen: (() => void) | null = null
  let view: BroadcastView

  const processed = createProcessed(() => void arrange())
  const camera = createCamera({ ...needs, onChange: () => void arrange() })
  const publisher = createPublisher({
    ...needs,
    media: () => ({
      video: slate?.track ?? view.picture ?? startSlateNow().track,
      audio: camera.view().sound,
      isScreen: camera.view().source === 'screen',
    }),
  })
  publisher.subscribe(() => {
    if (publisher.cast().at === 'ended') rest()
    tell()
  })

  const look = (): BroadcastView => ({
    ...camera.view(),
    cast: publisher.cast(),
    picture: processed.track() ?? camera.view().video,
    settings,
    supplied,
    effectTrouble: processed.trouble(),
  })
  const tell = () => {
    view = look()
    for (const listener of listeners) listener()
  }
  view = look()

  const startSlateNow = () => {
    slate ??= startSlate(needs.slateWords(), camera.view().video)
    return slate
  }
  const wantsAway = () => {
    const { isInterrupted, source, video } = camera.view()
    return isInterrupted || video === null || (isHidden && needs.isHandheld && source === 'camera')
  }
  const arrangeSlate = () => {
    const isAway = isUnderWay(publisher.cast()) && wantsAway()
    if (isAway) startSlateNow()
    else {
      slate?.stop()
      slate = null
    }
    camera.setAway(isAway)
    publisher.setAway(isAway)
  }
  let arranging: Promise<void> = Promise.resolve()
  /** After every change: the picture is made anew as far as it must be, and the sender is told. */
  const arrange = (): Promise<void> => {
    arranging = arranging.then(async () => {
      const { video, source } = camera.view()
      await processed.arrange({ video, isScreen: source === 'screen', settings, supplied })
      arrangeSlate()
      tell()
      if (isUnderWay(publisher.cast())) await publisher.mediaChanged()
    })
    return arranging
  }
  const rest = () => {
    releaseScreen?.()
    releaseScreen = null
    processed.stop()
    slate?.stop()
    slate = null
    camera.close()
  }

  return {
    view: () => view,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    camera,
    open: (facing: Facing) => camera.open(facing),
    go() {
      releaseScreen ??= keepAwake()
      publisher.start()
    },
    setEffects(next: EffectSettings) {
      settings = next
      processed.tryAgain()
      needs.kept.setItem(settingsKey, settingsToText(next))
      void arrange()
    },
    async loadSupplied() {
      const { loadSupplied } = await import('./effects/supplied.ts')
      supplied = await loadSupplied()
      void arrange()
    },
    setHidden(next: boolean) {
      isHidden = next
      void arrange()
    },
    retryNow: publisher.retryNow,
    measure: publisher.measure,
    effectCost: processed.cost,
    end: publisher.end,
    /** The page goes: everything is given back, the connection says goodbye. */
    close() {
      publisher.end()
      rest()
    },
  }
}

export type Broadcast = ReturnType<typeof createBroadcast>
