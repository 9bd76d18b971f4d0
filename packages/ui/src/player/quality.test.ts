import { expect, test } from 'vitest'
import { levelFor, qualitiesOf } from './quality.ts'

const portrait = [
  { width: 360, height: 640 },
  { width: 480, height: 854 },
  { width: 720, height: 1280 },
]

test('a wish counts the short side, whichever way the picture stands', () => {
  const landscape = portrait.map(({ width, height }) => ({ width: height, height: width }))
  expect(levelFor(480, portrait)).toBe(1)
  expect(levelFor(480, landscape)).toBe(1)
  expect(levelFor('source', portrait)).toBe(2)
  expect(levelFor('auto', portrait)).toBe(-1)
})

test('a wish for less than there is gets the smallest', () => {
  expect(levelFor(240, portrait)).toBe(0)
})

test('viewers choose from what the master playlist lists', () => {
  const master = [
    '#EXTM3U',
    '#EXT-X-STREAM-INF:BANDWIDTH=2500000,RESOLUTION=720x1280,CODECS="avc1.64001f,mp4a.40.2"',
    'source.m3u8',
    '#EXT-X-STREAM-INF:BANDWIDTH=600000,RESOLUTION=360x640',
    '360.m3u8',
    '#EXT-X-STREAM-INF:BANDWIDTH=1000000,RESOLUTION=480x854',
    '480.m3u8',
  ].join('\n')
  expect(qualitiesOf(master)).toEqual(['auto', 'source', 480, 360])
})

test('a stream with one picture leaves nothing to choose', () => {
  expect(qualitiesOf('#EXTM3U\n#EXT-X-TARGETDURATION:2\n')).toEqual([])
  expect(qualitiesOf('#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=720x1280\na.m3u8')).toEqual([])
})
