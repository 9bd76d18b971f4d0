import { builtIn } from './built-in.ts'
import { createSink, type Frame, readFrames, type Sink } from './frames.ts'
import { type Cost, createPace } from './pace.ts'
import { createPainter } from './painter.ts'
import type { Stage, SuppliedEffect, VideoEffect } from './port.ts'
import { type EffectSettings, type Step, stepsOf } from './settings.ts'
import { createStage, StageError } from './stage.ts'

export type PipelineNeeds = {
  readonly track: MediaStreamTrack
  readonly isScreen: boolean
  readonly settings: EffectSettings
  readonly supplied: readonly SuppliedEffect[]
  /** The picture cannot be changed any more: the graphics driver was reset, or it takes too long. */
  readonly onFailed: (why: 'lost' | 'tooSlow') => void
}

export type Pipeline = {
  /** What is to be sent; the same one for as long as the pipeline runs. */
  readonly track: MediaStreamTrack
  readonly set: (settings: EffectSettings) => void
  readonly cost: () => Cost
  readonly stop: () => void
}

/** Frames that take longer than this are followed by as long a rest: the page must stay alive. */
const easyMs = 12

/**
 * Puts effects between a camera and what is sent. Throws `StageError` where the browser has no
 * WebGL 2.
 */
export function startPipeline(needs: PipelineNeeds): Pipeline {
  const { track, isScreen, supplied, onFailed } = needs
  let { settings } = needs
  const sink = createSink()
  const gl = contextOf(sink)
  const stage = createStage(gl)
  const cast = createCast(stage, { supplied, wanted: () => settings })
  const canvas = createPainter(stage)
  const pace = createPace()
  const failed = (why: 'lost' | 'tooSlow') => {
    stop()
    onFailed(why)
  }
  const draw = (frame: Frame) => {
    const size = canvas.begin(frame, pace.scale())
    for (const step of stepsOf(settings, { isScreen, supplied })) {
      const effect = cast.of(step)
      effect?.look?.(frame.image)
      effect?.draw({ ...size, strength: step.strength, ...canvas.brushes })
    }
    canvas.show()
    sink.send(frame.atUs)
  }
  let restUntilMs = 0
  const stopReading = readFrames(track, frame => {
    const startMs = performance.now()
    if (gl.isContextLost()) return failed('lost')
    if (startMs < restUntilMs) return
    draw(frame)
    const endMs = performance.now()
    if (pace.note(startMs, endMs)) return failed('tooSlow')
    if (endMs - startMs > easyMs) restUntilMs = 2 * endMs - startMs
  })
  const stop = () => {
    stopReading()
    sink.stop()
    cast.free()
    gl.getExtension('WEBGL_lose_context')?.loseContext()
  }
  return {
    track: sink.track,
    set(next) {
      settings = next
    },
    cost: pace.cost,
    stop,
  }
}

function contextOf({ canvas }: Sink): WebGL2RenderingContext {
  const gl = canvas.getContext('webgl2', {
    alpha: false,
    antialias: false,
    powerPreference: 'low-power',
  })
  if (!(gl instanceof WebGL2RenderingContext)) throw new StageError('there is no WebGL 2')
  return gl
}

type CastNeeds = { supplied: readonly SuppliedEffect[]; wanted: () => EffectSettings }

/** The effects that have been needed so far; each is made when it first has its turn. */
function createCast(stage: Stage, { supplied, wanted }: CastNeeds) {
  const made = new Map<string, VideoEffect | null>()
  const load = async ({ id, create }: SuppliedEffect) => {
    // An effect whose model does not load stays away; the others go on.
    made.set(id, await create(stage).catch(() => null))
  }
  return {
    of({ id }: Step): VideoEffect | null {
      const known = made.get(id)
      if (known !== undefined) return known
      const effect = builtIn[id]?.(stage, wanted) ?? null
      made.set(id, effect)
      const fromOperator = supplied.find(one => one.id === id)
      if (fromOperator) void load(fromOperator)
      return effect
    },
    free() {
      for (const effect of made.values()) effect?.free()
      made.clear()
    },
  }
}
