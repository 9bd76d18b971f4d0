import { arrived, emptySky, type Field, flyingMax, headPx, moved, type Sky } from './lanes.ts'
import { createSprites, type Sprite } from './sprites.ts'

export type Words = { text: string; tone: 'viewer' | 'host' | 'own' }

/** Flying words over the picture, whatever draws them. */
export type Danmaku = {
  fly(words: Words): void
  flyingCount(): number
  destroy(): void
}

const lifeMs = 7_000
export const laneHeightPx = 34

/** Draws on a canvas, each text once into a sprite; it rests while nothing flies. */
export function createCanvasDanmaku(canvas: HTMLCanvasElement): Danmaku {
  const pen = canvas.getContext('2d')
  const ratio = Math.min(2, devicePixelRatio)
  const sprites = createSprites({ ratio, spritesMax: flyingMax * 2 })
  let sky: Sky<Sprite> = emptySky()
  let frame = 0

  const draw = (nowMs: number) => {
    const field = fieldOf(canvas, ratio)
    sky = moved(sky, field, nowMs)
    pen?.clearRect(0, 0, canvas.width, canvas.height)
    for (const flight of sky.flying) {
      // Whole pixels: sprites stay sharp and are copied, not resampled.
      const x = Math.round(headPx(flight, field, nowMs) * ratio)
      pen?.drawImage(flight.item.image, x, Math.round(flight.lane * laneHeightPx * ratio))
    }
    const isCalm = sky.flying.length + sky.waiting.length === 0
    frame = isCalm ? 0 : requestAnimationFrame(draw)
  }

  return {
    fly(words) {
      const sprite = sprites.of(words)
      sky = arrived(sky, { item: sprite, widthPx: sprite.widthPx, isOwn: words.tone === 'own' })
      if (!frame) frame = requestAnimationFrame(draw)
    },
    flyingCount: () => sky.flying.length,
    destroy() {
      cancelAnimationFrame(frame)
      sprites.clear()
    },
  }
}

/** The canvas in CSS pixels; its bitmap follows when its box has changed. */
function fieldOf(canvas: HTMLCanvasElement, ratio: number): Field {
  const { clientWidth, clientHeight } = canvas
  const width = Math.round(clientWidth * ratio)
  const height = Math.round(clientHeight * ratio)
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  return { widthPx: clientWidth, laneCount: Math.floor(clientHeight / laneHeightPx), lifeMs }
}
