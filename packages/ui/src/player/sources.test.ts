import { expect, test } from 'vitest'
import { chooseCandidates, type PlayerSources, type Quality, type Support } from './sources.ts'

const all: PlayerSources = [
  { protocol: 'whep', url: 'http://m/whep/a' },
  { protocol: 'flv', url: 'http://m/a.flv' },
  { protocol: 'wsflv', url: 'https://m/a.flv' },
  { protocol: 'llhls', url: 'http://m/a.m3u8' },
]
const desktop: Support = { mse: true, nativeHls: false, webrtc: true }
const chosen = (given: { support: Support; quality?: Quality }, sources = all) =>
  chooseCandidates(sources, given).map(({ technique }) => technique)

test('ways to play come in the order of the server, where this browser has them', () => {
  expect(chosen({ support: desktop })).toEqual(['whep', 'flv', 'flv', 'hls'])
  expect(chosen({ support: { ...desktop, webrtc: false } })).toEqual(['flv', 'flv', 'hls'])
})

test('FLV over a WebSocket has the address of a socket', () => {
  const addresses = chooseCandidates(all, { support: desktop }).map(({ url }) => url)
  expect(addresses[2]).toBe('wss://m/a.flv')
})

test('an iPhone without MSE plays LL-HLS by itself', () => {
  const support = { mse: false, nativeHls: true, webrtc: false }
  expect(chosen({ support })).toEqual(['native'])
})

test('who asks for a smaller picture is given HLS first, the others stand behind it', () => {
  expect(chosen({ support: desktop, quality: 480 })).toEqual(['hls', 'whep', 'flv', 'flv'])
  expect(chosen({ support: desktop, quality: 'source' })[0]).toBe('whep')
})

test('a browser that can do nothing of it gets nothing', () => {
  expect(chosen({ support: { mse: false, nativeHls: false, webrtc: false } })).toEqual([])
})
