import { expect, test, vi } from 'vitest'
import type { Quality } from '../sources.ts'
import { openHls } from './hls.ts'

/** What the library does, as far as choosing a picture goes; the test tells what it meets. */
const library = vi.hoisted(() => {
  type Hear = (name: string, data: object) => void
  type Player = {
    levels: { width: number; height: number }[]
    loadLevel: number
    tell(name: string, data?: object): void
  }
  const made: Player[] = []
  class Library implements Player {
    static readonly Events = { MANIFEST_PARSED: 'parsed', ERROR: 'error' }
    static readonly ErrorTypes = { MEDIA_ERROR: 'mediaError' }
    static readonly DefaultConfig = { streamController: Object }
    levels = [{ width: 360, height: 640 }]
    loadLevel = -1
    #hearing = new Map<string, Hear>()
    constructor() {
      made.push(this)
    }
    get autoLevelEnabled(): boolean {
      return this.loadLevel === -1
    }
    on(name: string, hear: Hear): void {
      this.#hearing.set(name, hear)
    }
    tell(name: string, data: object = {}): void {
      this.#hearing.get(name)?.(name, data)
    }
    loadSource(): void {}
    attachMedia(): void {}
  }
  return { Library, made }
})
vi.mock('hls.js/light', () => ({ default: library.Library }))

const source = { width: 720, height: 1280 }
const small = { width: 360, height: 640 }

async function open(quality: Quality, levels: { width: number; height: number }[]) {
  const told = { unchosen: 0, lost: 0 }
  const video = { playbackRate: 1 }
  const stream = await openHls(video as HTMLVideoElement, '/index.m3u8', {
    ...{ quality, isNarrow: false, signal: new AbortController().signal },
    ...{ onStill: () => {}, onNarrow: () => {} },
    onLost: () => {
      told.lost += 1
    },
    onUnchosen: () => {
      told.unchosen += 1
    },
  })
  const hls = library.made.at(-1)
  if (!hls) throw new Error('the library was not asked')
  hls.levels = levels
  hls.tell('parsed')
  return { told, stream, hls }
}

test('a smaller picture that cannot be loaded any more is said, and the stream goes on', async () => {
  const { told, hls } = await open(360, [small, source])
  expect(hls.loadLevel).toBe(0)
  // As the library answers a 404: it turns to another level, and to choosing by itself.
  hls.loadLevel = -1
  hls.tell('error', { fatal: false, response: { code: 404 } })
  hls.tell('error', { fatal: false, response: { code: 404 } })
  expect(told).toEqual({ unchosen: 1, lost: 0 })
})

test('a smaller picture that is not there at the beginning is said as well', async () => {
  const { told, hls } = await open(360, [source])
  expect(told.unchosen).toBe(1)
  expect(hls.loadLevel).toBe(-1)
})

test('a hiccup of the chosen picture changes nothing', async () => {
  const { told, hls } = await open(360, [small, source])
  hls.tell('error', { fatal: false })
  expect(told.unchosen).toBe(0)
  expect(hls.loadLevel).toBe(0)
})
