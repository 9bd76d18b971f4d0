import { createBackdrop } from './backdrop.ts'
import { filters } from './filters.ts'
import type { Stage, VideoEffect } from './port.ts'
import type { EffectSettings } from './settings.ts'
import { createWatermark } from './watermark.ts'

/** Settings as they are at the moment of drawing. */
export type Wanted = () => EffectSettings

/** The effects that need no model, by the ids of `stepsOf`. */
export const builtIn: Readonly<Record<string, (stage: Stage, wanted: Wanted) => VideoEffect>> = {
  backdrop: createBackdrop,
  smooth: createSmooth,
  filter: createFilter,
  mirror: createMirror,
  watermark: createWatermark,
}

/**
 * Skin, found by its colour, is evened out among neighbours that look alike, so that edges, eyes and
 * hair stay sharp; a quarter of what is fine comes back, or skin would look like wax. The looking
 * around is done at half the size: what it finds is soft anyway.
 */
const skinBody = `
float skin(vec3 c) {
  float y = dot(c, vec3(0.299, 0.587, 0.114));
  vec2 chroma = vec2((c.b - y) * 0.564, (c.r - y) * 0.713);
  vec2 off = (chroma - vec2(-0.085, 0.11)) / vec2(0.09, 0.085);
  return smoothstep(1.7, 0.5, dot(off, off)) * smoothstep(0.1, 0.28, y);
}`
const evenBody = `
uniform vec2 reach;
${skinBody}
void main() {
  vec3 own = texture(picture, at).rgb;
  colour = vec4(own, 1.0);
  if (skin(own) < 0.01) return;
  vec3 sum = own;
  float weights = 1.0;
  for (int i = 0; i < 16; i++) {
    float turn = float(i) * 2.39996;
    float far = sqrt((float(i) + 0.5) / 16.0);
    vec3 near = texture(picture, at + reach * far * vec2(cos(turn), sin(turn))).rgb;
    vec3 off = near - own;
    float weight = exp(-dot(off, off) * 60.0);
    sum += near * weight;
    weights += weight;
  }
  colour = vec4(sum / weights, 1.0);
}`
const smoothBody = `
uniform sampler2D even;
uniform float strength;
${skinBody}
void main() {
  vec3 own = texture(picture, at).rgb;
  float amount = skin(own) * strength;
  colour = vec4(own, 1.0);
  if (amount < 0.01) return;
  vec3 calm = texture(even, at).rgb;
  vec3 off = own - calm;
  // Beside an edge the half-sized picture knows the other side of it, too.
  calm = mix(own, calm, exp(-dot(off, off) * 30.0));
  vec3 light = calm + (own - calm) * 0.25;
  light += (1.0 - light) * light * 0.12 * strength;
  colour = vec4(mix(own, light, amount), 1.0);
}`

/** Neighbours are looked at as far as this, in parts of the shorter side. */
const smoothReach = 0.011

function createSmooth(stage: Stage): VideoEffect {
  const look = stage.program(evenBody)
  const smooth = stage.program(smoothBody)
  return {
    draw({ paint, sketch, strength, widthPx, heightPx }) {
      const reachPx = smoothReach * Math.min(widthPx, heightPx)
      const even = sketch(look, { reach: [reachPx / widthPx, reachPx / heightPx] })
      paint(smooth, { strength, even })
    },
    free() {
      for (const { handle } of [look, smooth]) stage.gl.deleteProgram(handle)
    },
  }
}

const filterBody = `
uniform vec3 lift;
uniform vec3 gain;
uniform vec3 gamma;
uniform float saturation;
uniform float contrast;
uniform float strength;
void main() {
  vec3 own = texture(picture, at).rgb;
  vec3 bent = pow(max(own * gain + lift, 0.0), 1.0 / gamma);
  float grey = dot(bent, vec3(0.2126, 0.7152, 0.0722));
  vec3 full = (mix(vec3(grey), bent, saturation) - 0.5) * contrast + 0.5;
  colour = vec4(mix(own, clamp(full, 0.0, 1.0), strength), 1.0);
}`

function createFilter(stage: Stage, wanted: Wanted): VideoEffect {
  const program = stage.program(filterBody)
  return {
    draw({ paint, strength }) {
      const { filter } = wanted()
      if (filter) paint(program, { ...filters[filter], strength })
    },
    free: () => stage.gl.deleteProgram(program.handle),
  }
}

const mirrorBody = `
void main() {
  colour = texture(picture, vec2(1.0 - at.x, at.y));
}`

function createMirror(stage: Stage): VideoEffect {
  const program = stage.program(mirrorBody)
  return {
    draw: ({ paint }) => paint(program, {}),
    free: () => stage.gl.deleteProgram(program.handle),
  }
}
