import type { Words } from './engine.ts'

/** A text that was drawn once. */
export type Sprite = { image: HTMLCanvasElement; widthPx: number }

const font = '500 17px system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif'
const heightPx = 30
const padPx = 10
const colors = { viewer: '#ffffff', host: '#ffd98a', own: '#ffffff' } as const

/** Texts as pictures: drawing letters in every frame would cost most of it. The newest are kept. */
export function createSprites({ ratio, spritesMax }: { ratio: number; spritesMax: number }) {
  const known = new Map<string, Sprite>()
  const ruler = document.createElement('canvas').getContext('2d')
  if (ruler) ruler.font = font
  return {
    of(words: Words): Sprite {
      const key = `${words.tone} ${words.text}`
      const before = known.get(key)
      known.delete(key)
      const widthPx = Math.ceil((ruler?.measureText(words.text).width ?? 0) + 2 * padPx)
      const sprite = before ?? { image: drawn(words, { widthPx, ratio }), widthPx }
      known.set(key, sprite)
      const [oldest] = known.keys()
      if (known.size > spritesMax && oldest !== undefined) known.delete(oldest)
      return sprite
    },
    clear: () => known.clear(),
  }
}

function drawn(
  { text, tone }: Words,
  { widthPx, ratio }: { widthPx: number; ratio: number },
): HTMLCanvasElement {
  const image = document.createElement('canvas')
  image.width = Math.ceil(widthPx * ratio)
  image.height = Math.ceil(heightPx * ratio)
  const pen = image.getContext('2d')
  if (!pen) return image
  pen.scale(ratio, ratio)
  pen.font = font
  pen.textBaseline = 'middle'
  if (tone === 'own') {
    pen.fillStyle = 'rgb(200 50 26 / 0.82)'
    pen.beginPath()
    pen.roundRect(0, 1, widthPx, heightPx - 2, heightPx / 2)
    pen.fill()
  }
  // A dark rim keeps light words readable on any picture.
  pen.lineJoin = 'round'
  pen.lineWidth = 3
  pen.strokeStyle = 'rgb(0 0 0 / 0.55)'
  if (tone !== 'own') pen.strokeText(text, padPx, heightPx / 2)
  pen.fillStyle = colors[tone]
  pen.fillText(text, padPx, heightPx / 2)
  return image
}
