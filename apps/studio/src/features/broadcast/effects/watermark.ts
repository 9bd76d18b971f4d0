import type { Stage, VideoEffect } from './port.ts'
import type { EffectSettings, Watermark } from './settings.ts'

const body = `
uniform sampler2D mark;
uniform vec4 box;
uniform float strength;
void main() {
  vec3 own = texture(picture, at).rgb;
  vec2 inside = (at - box.xy) / box.zw;
  vec4 over = texture(mark, inside);
  float isIn = step(0.0, inside.x) * step(inside.x, 1.0) * step(0.0, inside.y) * step(inside.y, 1.0);
  colour = vec4(mix(own, over.rgb, over.a * strength * isIn), 1.0);
}`

/** In parts of the shorter side of the picture. */
const textHeight = 0.042
const logoHeight = 0.11
const margin = 0.045

export function createWatermark(stage: Stage, wanted: () => EffectSettings): VideoEffect {
  const { gl } = stage
  const program = stage.program(body)
  let drawn: { of: Watermark; sidePx: number; mark: Mark } | null = null
  const markOf = (of: Watermark, sidePx: number): Mark => {
    const isSame = drawn?.of.text === of.text && drawn.of.logo === of.logo
    if (drawn && isSame && drawn.sidePx === sidePx) return drawn.mark
    if (drawn) gl.deleteTexture(drawn.mark.texture)
    const mark = draw(stage, { of, sidePx })
    drawn = { of, sidePx, mark }
    return mark
  }
  return {
    draw({ paint, strength, widthPx, heightPx }) {
      const { watermark } = wanted()
      if (!watermark) return
      const sidePx = Math.min(widthPx, heightPx)
      const mark = markOf(watermark, sidePx)
      const size = [mark.widthPx / widthPx, mark.heightPx / heightPx] as const
      const gap = [(margin * sidePx) / widthPx, (margin * sidePx) / heightPx] as const
      const x = watermark.corner.endsWith('Left') ? gap[0] : 1 - gap[0] - size[0]
      const y = watermark.corner.startsWith('bottom') ? gap[1] : 1 - gap[1] - size[1]
      paint(program, { mark: mark.texture, box: [x, y, ...size], strength })
    },
    free() {
      if (drawn) gl.deleteTexture(drawn.mark.texture)
      gl.deleteProgram(program.handle)
    },
  }
}

type Mark = { texture: WebGLTexture; widthPx: number; heightPx: number }

/** The logo with the text below, white with a soft shadow: readable on any picture. */
function draw(
  stage: Stage,
  { of: { text, logo }, sidePx }: { of: Watermark; sidePx: number },
): Mark {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  const textPx = Math.round(textHeight * sidePx)
  const logoPx = logo ? Math.round(logoHeight * sidePx) : 0
  const logoWidthPx = logo ? Math.round((logo.width / logo.height) * logoPx) : 0
  const font = `600 ${textPx}px system-ui, sans-serif`
  const words = text.trim()
  if (pen) pen.font = font
  const wordsPx = words && pen ? Math.ceil(pen.measureText(words).width) : 0
  const edgePx = Math.ceil(textPx / 4)
  canvas.width = Math.max(1, Math.min(sidePx, Math.max(logoWidthPx, wordsPx)) + 2 * edgePx)
  canvas.height = Math.max(1, logoPx + (words ? Math.ceil(textPx * 1.4) : 0) + 2 * edgePx)
  if (pen) {
    const middle = canvas.width / 2
    pen.font = font
    pen.textAlign = 'center'
    pen.textBaseline = 'bottom'
    pen.fillStyle = '#ffffff'
    if (logo) pen.drawImage(logo, middle - logoWidthPx / 2, edgePx, logoWidthPx, logoPx)
    pen.shadowColor = 'rgb(0 0 0 / 0.7)'
    pen.shadowBlur = edgePx
    pen.fillText(words, middle, canvas.height - edgePx, sidePx)
  }
  return { texture: stage.texture(canvas), widthPx: canvas.width, heightPx: canvas.height }
}
