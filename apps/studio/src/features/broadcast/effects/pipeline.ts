import { builtIn } from './built-in.ts'
import { createSink, type Frame, readFrames, type Sink } from './frames.ts'
import type { Program, Stage, SuppliedEffect, Values, VideoEffect } from './port.ts'
import { type EffectSettings, type Step, stepsOf } from './settings.ts'
import { createStage, paintOver, StageError, upload } from './stage.ts'

export type PipelineNeeds = {
  readonly track: MediaStreamTrack
  readonly isScreen: boolean
  readonly settings: EffectSettings
  readonly supplied: readonly SuppliedEffect[]
  /** The picture cannot be changed any more, such as when the graphics driver was reset. */
  readonly onFailed: () => void
}

export type Pipeline = {
  /** What is to be sent; the same one for as long as the pipeline runs. */
  readonly track: MediaStreamTrack
  readonly set: (settings: EffectSettings) => void
  readonly cost: () => Cost
  readonly stop: () => void
}

/** What effects cost here, over the last frames. */
export type Cost = { readonly msPerFrame: number; readonly framesPerSec: number }

const costFramesMax = 60
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
  const meter = createMeter()
  const failed = () => {
    stop()
    onFailed()
  }
  const draw = (frame: Frame) => {
    canvas.begin(frame)
    for (const step of stepsOf(settings, { isScreen, supplied })) {
      const effect = cast.of(step)
      effect?.look?.(frame.image)
      effect?.draw({ ...frame, strength: step.strength, ...canvas.brushes })
    }
    canvas.show()
    sink.send(frame.atUs)
  }
  let restUntilMs = 0
  const stopReading = readFrames(track, frame => {
    const startMs = performance.now()
    if (gl.isContextLost()) return failed()
    if (startMs < restUntilMs) return
    draw(frame)
    const endMs = performance.now()
    meter.note(startMs, endMs)
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
    cost: meter.cost,
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

const copyBody = `
void main() {
  colour = texture(picture, at);
}`

/** Two pictures in turn: each painting reads one and fills the other, the last is shown. */
function createPainter(stage: Stage) {
  const { gl } = stage
  const copy = stage.program(copyBody)
  const arrived = stage.texture()
  const sides = [createSide(stage), createSide(stage)] as const
  let picture = arrived
  let turn: 0 | 1 = 0
  let softened: WebGLTexture | null = null
  /** A picture with levels of an older size would not be drawn at all. */
  const sharpen = () => {
    if (!softened) return
    gl.bindTexture(gl.TEXTURE_2D, softened)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR)
    softened = null
  }
  return {
    begin({ image, widthPx, heightPx }: Frame) {
      if (gl.canvas.width !== widthPx || gl.canvas.height !== heightPx) {
        gl.canvas.width = widthPx
        gl.canvas.height = heightPx
        gl.viewport(0, 0, widthPx, heightPx)
        for (const side of sides) side.resize(widthPx, heightPx)
      }
      upload(gl, arrived, image)
      picture = arrived
    },
    brushes: {
      paint(program: Program, values: Values) {
        const side = sides[turn]
        gl.bindFramebuffer(gl.FRAMEBUFFER, side.buffer)
        paintOver(gl, { program, picture, values })
        sharpen()
        picture = side.texture
        turn = turn === 0 ? 1 : 0
      },
      soften() {
        softened = picture
        gl.bindTexture(gl.TEXTURE_2D, picture)
        gl.generateMipmap(gl.TEXTURE_2D)
        gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR)
      },
    },
    show() {
      gl.bindFramebuffer(gl.FRAMEBUFFER, null)
      paintOver(gl, { program: copy, picture, values: {} })
    },
  }
}

function createSide(stage: Stage) {
  const { gl } = stage
  const texture = stage.texture()
  const buffer = gl.createFramebuffer()
  return {
    texture,
    buffer,
    resize(widthPx: number, heightPx: number) {
      gl.bindTexture(gl.TEXTURE_2D, texture)
      const size = [widthPx, heightPx, 0] as const
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, ...size, gl.RGBA, gl.UNSIGNED_BYTE, null)
      gl.bindFramebuffer(gl.FRAMEBUFFER, buffer)
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0)
    },
  }
}

function createMeter() {
  let drawn: { startMs: number; tookMs: number }[] = []
  return {
    note(startMs: number, endMs: number) {
      drawn = [...drawn, { startMs, tookMs: endMs - startMs }].slice(-costFramesMax)
    },
    cost(): Cost {
      const first = drawn[0]
      const last = drawn.at(-1)
      if (!first || !last || first === last) return { msPerFrame: 0, framesPerSec: 0 }
      const sumMs = drawn.reduce((sum, { tookMs }) => sum + tookMs, 0)
      const spanMs = last.startMs - first.startMs
      return {
        msPerFrame: sumMs / drawn.length,
        framesPerSec: ((drawn.length - 1) / spanMs) * 1_000,
      }
    },
  }
}
