import { afterEach, expect, test, vi } from 'vitest'
import type { VodState } from './vod-engine.ts'

type Told = { fatal: boolean; type: string; frag?: object; response?: { code: number } }

/** What hls.js is to the engine: it opens an address, and says what went wrong. */
const { opened, FakeHls } = vi.hoisted(() => {
  const opened: FakeHls[] = []
  class FakeHls {
    static Events = { ERROR: 'error', FRAG_BUFFERED: 'buffered' }
    static ErrorTypes = { MEDIA_ERROR: 'media' }
    levels = [{}]
    startPosition: number
    url = ''
    isDestroyed = false
    tell = (_error: Told) => {}
    constructor(config: { startPosition: number }) {
      this.startPosition = config.startPosition
      opened.push(this)
    }
    on(name: string, hear: (name: string, error: Told) => void) {
      if (name === 'error') this.tell = error => hear(name, error)
    }
    loadSource(url: string) {
      this.url = url
    }
    attachMedia() {}
    startLoad() {}
    destroy() {
      this.isDestroyed = true
    }
  }
  return { opened, FakeHls }
})
vi.mock('../player/open/hls.ts', () => ({ Hls: FakeHls }))
vi.stubGlobal('MediaSource', { isTypeSupported: () => true })
const { createVodEngine } = await import('./vod-engine.ts')

afterEach(() => void opened.splice(0))

function start() {
  const video = Object.assign(new EventTarget(), {
    ...{ currentTime: 0, paused: false, ended: false, muted: false },
    play: async () => {},
  })
  const states: VodState[] = []
  const engine = createVodEngine({
    // Only what the engine touches; there is no browser here.
    video: video as unknown as HTMLVideoElement,
    onState: state => states.push(state),
  })
  engine.load('/index.m3u8', { fromSec: 4, startsPaused: false })
  const nth = (count: number) => vi.waitUntil(() => opened[count - 1])
  return { video, states, engine, nth }
}

const gone: Told = { fatal: false, type: 'network', frag: {}, response: { code: 404 } }

test('a piece that is not where it was is looked for in the playlist, from where the film stands', async () => {
  const { video, nth, states, engine } = start()
  const first = await nth(1)
  expect(first.startPosition).toBe(4)
  video.currentTime = 31
  first.tell(gone)
  const second = await nth(2)
  expect(second).toMatchObject({ url: '/index.m3u8', startPosition: 31 })
  expect(first.isDestroyed).toBe(true)
  expect(states).not.toContain('broken')
  engine.destroy()
})

test('what is nowhere is not looked for for ever', async () => {
  const { nth, states, engine } = start()
  for (let count = 1; count <= 4; count++) (await nth(count)).tell(gone)
  expect(states.at(-1)).toBe('broken')
  expect(opened).toHaveLength(4)
  engine.load('/index.m3u8?t=new', { fromSec: 0, startsPaused: false })
  expect(await nth(5)).toMatchObject({ url: '/index.m3u8?t=new' })
  engine.destroy()
})
