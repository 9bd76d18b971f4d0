import type { Stage, VideoEffect } from './port.ts'
import type { EffectSettings } from './settings.ts'

/**
 * What has the colour of the screen becomes the backdrop: a chosen picture, or the room itself out
 * of focus. Colour is compared without brightness, so that folds and shadows of the cloth go, too;
 * light that the cloth throws on hair and shoulders is taken off what stays.
 */
const body = `
uniform sampler2D behind;
uniform vec2 fit;
uniform vec3 key;
uniform float range;
uniform float blurs;
vec2 chroma(vec3 c) {
  float y = dot(c, vec3(0.299, 0.587, 0.114));
  return vec2((c.b - y) * 0.564, (c.r - y) * 0.713);
}
vec3 cleaned(vec3 c) {
  float most = key.g > key.b ? c.g : c.b;
  float others = key.g > key.b ? max(c.r, c.b) : max(c.r, c.g);
  float spill = max(0.0, most - others);
  return key.g > key.b ? vec3(c.r, c.g - spill, c.b) : vec3(c.r, c.g, c.b - spill);
}
vec3 outOfFocus() {
  vec3 sum = vec3(0.0);
  for (int i = 0; i < 6; i++) {
    float turn = float(i) * 2.39996;
    float far = 0.04 * sqrt((float(i) + 0.5) / 6.0);
    sum += cleaned(textureLod(picture, at + far * vec2(cos(turn), sin(turn)), 5.0).rgb);
  }
  return sum / 6.0;
}
void main() {
  vec3 own = texture(picture, at).rgb;
  float off = distance(chroma(own), chroma(key));
  float person = smoothstep(range * 0.55, range, off);
  vec3 back = blurs > 0.5 ? outOfFocus() : texture(behind, (at - 0.5) * fit + 0.5).rgb;
  colour = vec4(mix(back, cleaned(own), person), 1.0);
}`

/** The setting runs from 0 to 1, useful distances of colours from here to there. */
const rangeMin = 0.08
const rangeSpan = 0.36

/** The colour that cloth of this hue shows under studio light. */
export const keyColour = (hue: number): readonly [number, number, number] =>
  hue < 180 ? [0.12, 0.69, 0.25] : [0.1, 0.25, 0.72]

export function createBackdrop(stage: Stage, wanted: () => EffectSettings): VideoEffect {
  const { gl } = stage
  const program = stage.program(body)
  let shown: { of: ImageBitmap; texture: WebGLTexture } | null = null
  const behindOf = (picture: ImageBitmap | null) => {
    if (shown && shown.of !== picture) {
      gl.deleteTexture(shown.texture)
      shown = null
    }
    if (picture) shown ??= { of: picture, texture: stage.texture(picture) }
    return shown
  }
  return {
    draw({ paint, soften, widthPx, heightPx }) {
      const { backdrop, keyHue, keyRange } = wanted()
      const behind = behindOf(backdrop.kind === 'picture' ? backdrop.picture : null)
      if (!behind) soften()
      paint(program, {
        key: keyColour(keyHue),
        range: rangeMin + keyRange * rangeSpan,
        blurs: behind ? 0 : 1,
        fit: behind ? coverFit(behind.of, widthPx / heightPx) : [1, 1],
        ...(behind && { behind: behind.texture }),
      })
    },
    free() {
      behindOf(null)
      gl.deleteProgram(program.handle)
    },
  }
}

/** Which part of a picture is seen when it covers a frame of `ratio` (width by height). */
export function coverFit(
  { width, height }: { width: number; height: number },
  ratio: number,
): readonly [number, number] {
  const own = width / height
  return own > ratio ? [ratio / own, 1] : [1, own / ratio]
}
