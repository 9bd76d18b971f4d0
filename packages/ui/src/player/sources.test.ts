import { expect, test } from 'vitest'
import { chooseCandidates, type PlayerSources } from './sources.ts'

const sources: PlayerSources = [
  { protocol: 'flv', url: '/a.flv' },
  { protocol: 'llhls', url: '/a.m3u8' },
]
const chosen = (mse: boolean, nativeHls: boolean, given = sources) =>
  chooseCandidates(given, { mse, nativeHls }).map(({ technique }) => technique)

test('HTTP-FLV comes first where MSE exists, LL-HLS stands behind it', () => {
  expect(chosen(true, false)).toEqual(['flv', 'hls'])
})

test('an iPhone without MSE plays LL-HLS by itself', () => {
  expect(chosen(false, true)).toEqual(['native'])
})

test('a stream without FLV is played by hls.js', () => {
  expect(chosen(true, false, [{ protocol: 'llhls', url: '/a.m3u8' }])).toEqual(['hls'])
})

test('a browser that can do neither gets nothing', () => {
  expect(chosen(false, false)).toEqual([])
})
