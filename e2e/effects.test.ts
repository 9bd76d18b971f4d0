import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type EffectSettings,
  noEffects,
} from '../apps/studio/src/features/broadcast/effects/settings.ts'
import { chromiumPath, desk, openStage, type Stage } from './stage/browser.ts'
import type { Field, Seen } from './stage/film.ts'
import { openSources } from './stage/sources.ts'

const told = test.skipIf(chromiumPath === undefined && process.env.CI !== 'true')
const patient = { timeout: 120_000 }

let stage: Stage
let page: Page
beforeAll(async () => {
  if (chromiumPath === undefined && process.env.CI !== 'true') return
  stage = await openStage('http://localhost/')
  page = await stage.person(desk)
  page.setDefaultTimeout(patient.timeout)
  await openSources(page)
  await page.addScriptTag({ type: 'module', content: "import '/e2e/stage/film.ts'" })
  await page.waitForFunction(() => 'seen' in window)
})
afterAll(() => stage?.close(), 30_000)

const see = (changes: Partial<EffectSettings>, behind: string | null = null): Promise<Seen> =>
  page.evaluate(([settings, colour]) => Reflect.get(window, 'seen')(settings, colour), [
    { ...noEffects, ...changes },
    behind,
  ] as const)

const apart = (one: Field, other: Field): number =>
  Math.max(...one.colour.map((value, place) => Math.abs(value - (other.colour[place] ?? 0))))
const alike = 12

told('without effects the raw track goes out, also again after them', patient, async () => {
  expect(await see({})).toMatchObject({ isRaw: true, trouble: null })
  expect(await see({ mirror: true })).toMatchObject({ isRaw: false, trouble: null })
  expect(await see({})).toMatchObject({ isRaw: true })
})

told('a mirror changes left and right', patient, async () => {
  const [plain, mirrored] = [await see({}), await see({ mirror: true })]
  expect(apart(mirrored.fields.skin, plain.fields.corner)).toBeLessThan(alike)
  expect(apart(mirrored.fields.cloth, plain.fields.sky)).toBeLessThan(alike)
})

told('ink takes every colour away, morning warms the grey', patient, async () => {
  const { fields: ink } = await see({ filter: 'ink', filterStrength: 1 })
  for (const { colour } of Object.values(ink)) {
    expect(Math.max(...colour) - Math.min(...colour)).toBeLessThan(alike)
  }
  const { fields: morning } = await see({ filter: 'morning', filterStrength: 1 })
  expect(morning.corner.colour[0]).toBeGreaterThan(morning.corner.colour[2] + 5)
})

told('smoothing calms skin, and nothing else', patient, async () => {
  const [{ fields: plain }, { fields: smooth }] = [await see({}), await see({ smooth: 1 })]
  expect(smooth.skin.unrest).toBeLessThan(plain.skin.unrest * 0.5)
  expect(smooth.sky.unrest).toBeGreaterThan(plain.sky.unrest * 0.8)
  expect(apart(smooth.cloth, plain.cloth)).toBeLessThan(alike)
})

told(
  'cloth of the chosen colour becomes a picture or a blur, and skin stays',
  patient,
  async () => {
    const { fields: plain } = await see({})
    const { fields: behind } = await see({}, 'rgb(200 30 160)')
    expect(apart(behind.cloth, { colour: [200, 30, 160], unrest: 0 })).toBeLessThan(alike)
    expect(apart(behind.skin, plain.skin)).toBeLessThan(alike)
    const { fields: blurred } = await see({ backdrop: { kind: 'blur' } })
    const [red, green, blue] = blurred.cloth.colour
    expect(green - Math.max(red, blue)).toBeLessThan(20)
    expect(apart(blurred.skin, plain.skin)).toBeLessThan(alike)
  },
)

told('a watermark stands in its corner alone', patient, async () => {
  const watermark = { text: 'MMMMMMMM', logo: null, corner: 'topRight', strength: 1 } as const
  const [{ fields: plain }, { fields: marked }] = [await see({}), await see({ watermark })]
  expect(marked.corner.unrest).toBeGreaterThan(plain.corner.unrest + 5)
  for (const name of ['skin', 'sky', 'cloth'] as const) {
    expect(apart(marked[name], plain[name])).toBeLessThan(alike)
  }
})
