import { createProcessed } from '../../apps/studio/src/features/broadcast/effects/processed.ts'
import type { EffectSettings } from '../../apps/studio/src/features/broadcast/effects/settings.ts'

/**
 * Runs in a page: a camera that films four fields, skin with pores, green cloth, a blue sky with the
 * same grain and a grey corner. `window.seen(settings)` is what the outgoing track shows of them.
 */
const fields = {
  skin: { colour: [222, 168, 140], grain: 4, left: 0, top: 0 },
  corner: { colour: [110, 110, 110], grain: 0, left: 160, top: 0 },
  sky: { colour: [70, 120, 210], grain: 4, left: 0, top: 120 },
  cloth: { colour: [40, 180, 70], grain: 0, left: 160, top: 120 },
} as const
const [width, height] = [160, 120]

/** How a field of the picture looks: its colour, and how much its brightness varies. */
export type Field = {
  readonly colour: readonly [red: number, green: number, blue: number]
  readonly unrest: number
}
export type Seen = {
  /** The camera's own track goes out. */
  readonly isRaw: boolean
  readonly trouble: string | null
  readonly fields: Readonly<Record<keyof typeof fields, Field>>
}

const canvasOf = (scale: number) => {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: width * scale, height: height * scale })
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('there is no canvas')
  return { canvas, pen }
}

function startCamera(): MediaStreamTrack {
  const { canvas, pen } = canvasOf(2)
  const draw = () => {
    for (const { colour, grain, left, top } of Object.values(fields)) {
      const image = pen.createImageData(width, height)
      for (let at = 0; at < image.data.length; at += 4) {
        const off = (((at / 4) % 7) - 3) * grain
        image.data.set([...colour.map(value => value + off), 255], at)
      }
      pen.putImageData(image, left, top)
    }
  }
  draw()
  setInterval(draw, 100)
  const [track] = canvas.captureStream(10).getVideoTracks()
  if (!track) throw new Error('a canvas gives no track')
  return track
}

const { canvas: eye, pen: sight } = canvasOf(2)

/** Off the seams; a mark in the corner is within. */
function look({ left, top }: { left: number; top: number }): Field {
  const { data } = sight.getImageData(left + 30, top + 6, width - 40, height - 40)
  const count = data.length / 4
  const channel = (place: number) => data.filter((_, at) => at % 4 === place)
  const mean = (values: Uint8ClampedArray) => values.reduce((sum, each) => sum + each, 0) / count
  const greens = channel(1)
  const middle = mean(greens)
  const spread = greens.reduce((sum, value) => sum + (value - middle) ** 2, 0) / count
  return { colour: [mean(channel(0)), middle, mean(channel(2))], unrest: Math.sqrt(spread) }
}

function paper(colour: string): ImageBitmap {
  const sheet = new OffscreenCanvas(32, 24)
  const brush = sheet.getContext('2d')
  if (brush) brush.fillStyle = colour
  brush?.fillRect(0, 0, 32, 24)
  return sheet.transferToImageBitmap()
}

const raw = startCamera()
let failure = Promise.withResolvers<'failed'>()
const processed = createProcessed(() => failure.resolve('failed'))
const video = document.createElement('video')
video.muted = true

/** Shows the track until what was drawn before has gone by; false when its effects gave up. */
async function isShown(track: MediaStreamTrack): Promise<boolean> {
  video.srcObject = new MediaStream([track])
  const shown = async () => {
    await video.play()
    for (let frame = 0; frame < 3; frame++) {
      await new Promise(resolve => video.requestVideoFrameCallback(resolve))
    }
  }
  return (await Promise.race([shown(), failure.promise])) !== 'failed'
}

/** `behind` is the colour of a picture to stand where the cloth is. */
async function seen(settings: EffectSettings, behind: string | null): Promise<Seen> {
  const backdrop = behind ? { kind: 'picture' as const, picture: paper(behind) } : settings.backdrop
  const wish = {
    ...{ video: raw, isScreen: false, supplied: [] },
    settings: { ...settings, backdrop },
  }
  let out = raw
  // A machine that is busy with other things is given another chance.
  do {
    failure = Promise.withResolvers()
    processed.tryAgain()
    await processed.arrange(wish)
    out = processed.track() ?? raw
  } while (!(await isShown(out)) && processed.trouble() === 'tooSlow')
  sight.drawImage(video, 0, 0, eye.width, eye.height)
  const { skin, corner, sky, cloth } = fields
  return {
    isRaw: out === raw,
    trouble: processed.trouble(),
    fields: { skin: look(skin), corner: look(corner), sky: look(sky), cloth: look(cloth) },
  }
}

Object.assign(window, { seen })
