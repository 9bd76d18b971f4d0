import { expect, test } from 'vitest'
import { noEffects, settingsFromText, settingsToText, stepsOf } from './settings.ts'

const camera = { isScreen: false, supplied: [] }
const ids = (...args: Parameters<typeof stepsOf>) => stepsOf(...args).map(({ id }) => id)

const everything = {
  ...noEffects,
  smooth: 0.5,
  filter: 'morning',
  mirror: true,
  backdrop: { kind: 'blur' },
  watermark: { text: '一叶茶铺', logo: null, corner: 'topLeft', strength: 0.8 },
  supplied: { lips: 0.4, outline: 1 },
} as const

test('nothing wanted is nothing done: the raw picture goes out', () => {
  expect(stepsOf(noEffects, camera)).toEqual([])
  const empty = { text: '  ', logo: null, corner: 'topLeft', strength: 1 } as const
  expect(stepsOf({ ...noEffects, watermark: empty }, camera)).toEqual([])
  expect(stepsOf({ ...noEffects, filter: 'ink', filterStrength: 0 }, camera)).toEqual([])
})

test('effects take turns from the back to the front, supplied ones among them', () => {
  const supplied = [
    { id: 'lips', turn: 'face' },
    { id: 'outline', turn: 'backdrop' },
    { id: 'off', turn: 'face' },
  ] as const
  expect(ids(everything, { isScreen: false, supplied })).toEqual([
    'backdrop',
    'outline',
    'smooth',
    'lips',
    'filter',
    'mirror',
    'watermark',
  ])
})

test('a shared screen takes the watermark alone', () => {
  expect(ids(everything, { isScreen: true, supplied: [] })).toEqual(['watermark'])
})

test('what was set is kept between visits, but for pictures', () => {
  expect(settingsFromText(settingsToText(everything))).toEqual(everything)
  const withPicture = { ...everything, backdrop: { kind: 'picture', picture: null } } as const
  expect(settingsFromText(settingsToText(withPicture)).backdrop).toEqual({ kind: 'off' })
})

test.each([null, '', '{', '7', '"x"', '{"smooth":9,"filter":"none","watermark":{"text":5}}'])(
  'what makes no sense (%s) is as if nothing had been kept',
  text => {
    expect(settingsFromText(text)).toEqual(noEffects)
  },
)
