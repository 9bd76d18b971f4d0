import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  attemptsMax,
  awayAfterMs,
  backWithinMs,
  connectMsMax,
  patientConnectMsMax,
  reopenAfterMs,
  retryDelayMs,
} from './patience.ts'
import { PlayerEngine, type PlayerState } from './player-engine.ts'
import type { Quality, Technique } from './sources.ts'
import type { Attempt, Loss } from './stream.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const refusal = () => new DOMException('tap first', 'NotAllowedError')
const live = [
  { protocol: 'flv', url: '/live.flv' },
  { protocol: 'llhls', url: '/live.m3u8' },
] as const

/** A stage with a pretended video and streams that the test makes play, stall and break. */
function setStage(options: { refuses?: 'sound' | 'everything' } = {}) {
  const events = new EventTarget()
  const video = {
    muted: true,
    paused: true,
    pause: () => undefined,
    addEventListener: events.addEventListener.bind(events),
    async play() {
      if (options.refuses === 'everything') throw refusal()
      if (options.refuses === 'sound' && !video.muted) throw refusal()
      video.paused = false
    },
  }
  const opened: {
    technique: Technique
    lose: (loss: Loss) => void
    stand: (isStill: boolean) => void
    narrow: () => void
    unchosen: () => void
    signal: AbortSignal
    stopped: boolean
    quality: Quality
  }[] = []
  const opener =
    (technique: Technique) =>
    async (_: unknown, __: string, { signal, quality, ...tell }: Attempt) => {
      const stream = {
        ...{ technique, signal, stopped: false, quality },
        ...{ lose: tell.onLost, stand: tell.onStill },
        ...{ narrow: tell.onNarrow, unchosen: tell.onUnchosen },
      }
      opened.push(stream)
      return {
        behindMs: () => 700,
        setQuality(next: Quality) {
          stream.quality = next
        },
        stop() {
          stream.stopped = true
        },
      }
    }
  const states: PlayerState[] = []
  const unchosen = { count: 0 }
  const engine = new PlayerEngine({
    video,
    support: { mse: true, nativeHls: false, webrtc: true },
    open: {
      whep: opener('whep'),
      flv: opener('flv'),
      hls: opener('hls'),
      native: opener('native'),
    },
    onState: state => states.push(state),
    onUnchosen: () => {
      unchosen.count += 1
    },
    random: () => 1,
  })
  const settle = () => vi.advanceTimersByTimeAsync(0)
  const send = (name: string) => events.dispatchEvent(new Event(name))
  return { engine, video, opened, states, unchosen, settle, send }
}

async function playing(options?: Parameters<typeof setStage>[0]) {
  const stage = setStage(options)
  stage.engine.load(live)
  await stage.settle()
  stage.send('playing')
  return stage
}

test('it opens the best source and plays', async () => {
  const { opened, states } = await playing()
  expect(opened.map(({ technique }) => technique)).toEqual(['flv'])
  expect(states).toEqual(['playing'])
})

test('the same addresses again do not restart the stream, others do', async () => {
  const { engine, opened, settle } = await playing()
  engine.load([...live])
  await settle()
  expect(opened).toHaveLength(1)
  engine.load([{ protocol: 'flv', url: '/other.flv' }])
  await settle()
  expect(opened).toHaveLength(2)
  expect(opened[0]?.stopped).toBe(true)
})

test('a stream that cannot be decoded falls back to the next source', async () => {
  const { opened } = await playing()
  opened[0]?.lose('media')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(opened.map(({ technique }) => technique)).toEqual(['flv', 'hls'])
})

test('a picture that stands is stalled, then the host is away, then the stream is opened anew', async () => {
  const { opened, states, send } = await playing()
  send('waiting')
  await vi.advanceTimersByTimeAsync(awayAfterMs)
  expect(states).toEqual(['playing', 'stalled', 'away'])
  await vi.advanceTimersByTimeAsync(reopenAfterMs)
  expect(opened.length).toBeGreaterThan(1)
  send('playing')
  expect(states.at(-1)).toBe('playing')
})

test('a stream that is gone at the server means the host is away', async () => {
  const { opened, states } = await playing()
  opened[0]?.lose('gone')
  expect(states.at(-1)).toBe('away')
})

test('a server that never answers is tried again with growing pauses and an end', async () => {
  const { engine, opened, states, settle } = setStage()
  engine.load(live)
  await settle()
  for (let round = 0; round < attemptsMax + 20; round++) {
    await vi.advanceTimersByTimeAsync(patientConnectMsMax + 15_000)
  }
  expect(opened).toHaveLength(attemptsMax + 1)
  expect(states).toEqual(['away'])
  engine.wake()
  await settle()
  expect(opened).toHaveLength(attemptsMax + 2)
})

test('a loss told late by an old stream is ignored', async () => {
  const { engine, opened, states, settle, send } = await playing()
  engine.load([{ protocol: 'llhls', url: '/other.m3u8' }])
  await settle()
  send('playing')
  opened[0]?.lose('gone')
  expect(states.at(-1)).toBe('playing')
})

test('an opening that was overtaken is told not to touch the video', async () => {
  const { engine, opened, settle } = setStage()
  engine.load(live)
  engine.load([{ protocol: 'flv', url: '/other.flv' }])
  expect(opened.map(({ signal }) => signal.aborted)).toEqual([true, false])
  await settle()
  expect(opened.map(({ stopped }) => stopped)).toEqual([true, false])
})

test('when the browser refuses sound it plays silently', async () => {
  const stage = setStage({ refuses: 'sound' })
  stage.video.muted = false
  stage.engine.load(live)
  await stage.settle()
  expect(stage.video).toMatchObject({ muted: true, paused: false })
})

test('when the browser refuses everything it waits for a tap without giving up the stream', async () => {
  const stage = setStage({ refuses: 'everything' })
  stage.engine.load(live)
  await stage.settle()
  expect(stage.states).toEqual(['paused'])
  await vi.advanceTimersByTimeAsync(patientConnectMsMax * 2)
  expect(stage.opened).toHaveLength(1)
})

test('after the end nothing is tried any more', async () => {
  const { engine, opened, states } = await playing()
  engine.end()
  engine.wake()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(states.at(-1)).toBe('ended')
  expect(opened).toHaveLength(1)
  expect(opened[0]?.stopped).toBe(true)
})

test('coming back to the page resumes a picture that the system paused', async () => {
  const { engine, video, states, send } = await playing()
  video.paused = true
  send('pause')
  expect(states.at(-1)).toBe('paused')
  engine.wake()
  expect(video.paused).toBe(false)
})

const realtime = [{ protocol: 'whep', url: '/whep' } as const, ...live]

test('WebRTC without a picture in three seconds gives place to FLV at once', async () => {
  const { engine, opened, states, settle } = setStage()
  engine.load(realtime)
  await vi.advanceTimersByTimeAsync(connectMsMax.whep)
  await settle()
  expect(opened.map(({ technique }) => technique)).toEqual(['whep', 'flv'])
  expect(opened[0]?.stopped).toBe(true)
  expect(states).toEqual([])
})

test('a stream that tells by itself that nothing arrives stands and moves like any other', async () => {
  const { opened, states } = await playing()
  opened[0]?.stand(true)
  await vi.advanceTimersByTimeAsync(awayAfterMs)
  opened[0]?.stand(false)
  expect(states).toEqual(['playing', 'stalled', 'away', 'playing'])
  expect(opened).toHaveLength(1)
})

test('while the server says that the host is away the connection waits for the picture', async () => {
  const { engine, opened, states, send } = await playing()
  send('waiting')
  engine.setHostAway(true)
  expect(states.at(-1)).toBe('away')
  await vi.advanceTimersByTimeAsync(reopenAfterMs * 2)
  send('playing')
  engine.setHostAway(false)
  await vi.advanceTimersByTimeAsync(backWithinMs)
  expect(opened).toHaveLength(1)
  expect(states.at(-1)).toBe('playing')
})

test('a host who is back brings a picture, or the stream is opened anew', async () => {
  const { engine, opened, send } = await playing()
  engine.setHostAway(true)
  send('waiting')
  engine.setHostAway(false)
  await vi.advanceTimersByTimeAsync(backWithinMs)
  expect(opened.map(({ technique }) => technique)).toEqual(['flv', 'flv'])
})

test('a picture that stands again and again goes on as one that adapts to the network', async () => {
  const { opened, send, settle } = await playing()
  for (let stall = 0; stall < 3; stall++) {
    send('waiting')
    await vi.advanceTimersByTimeAsync(1_000)
    send('playing')
  }
  await settle()
  expect(opened.map(({ technique }) => technique)).toEqual(['flv', 'hls'])
})

test('a line too narrow for WebRTC and for FLV gets the way that adapts, and keeps it', async () => {
  const { engine, opened, states, settle, send } = setStage()
  engine.load(realtime)
  for (const at of [0, 1, 2]) {
    await settle()
    send('playing')
    opened[at]?.narrow()
  }
  await settle()
  const ways = () => opened.map(({ technique }) => technique)
  expect(ways()).toEqual(['whep', 'flv', 'hls'])
  expect(states.at(-1)).toBe('playing')
  engine.load(realtime.map(({ protocol, url }) => ({ protocol, url: `${url}?t=fresh` })))
  await settle()
  expect(ways().at(-1)).toBe('hls')
})

test('who chose the source keeps it, on any line', async () => {
  const { engine, opened, settle } = await playing()
  engine.load(live, 'source')
  opened[0]?.narrow()
  await settle()
  expect(opened).toHaveLength(1)
})

test('a chosen picture that is no more gives place to what suits, on the same stream', async () => {
  const { engine, opened, unchosen, settle } = setStage()
  engine.load(live, 360)
  await settle()
  opened[0]?.unchosen()
  expect(unchosen.count).toBe(1)
  engine.load(live, 'auto')
  await settle()
  expect(opened.map(({ technique }) => technique)).toEqual(['hls'])
})

test('another size of the same stream comes without opening it anew', async () => {
  const stage = setStage()
  stage.engine.load(live, 480)
  await stage.settle()
  stage.engine.load(live, 360)
  await stage.settle()
  expect(stage.opened).toMatchObject([{ technique: 'hls', quality: 360 }])
})

test('a host can see how the picture comes and how late it is', async () => {
  const { engine, send } = await playing()
  expect(engine.view(0)).toEqual({ protocol: 'flv', behindMs: 700 })
  send('waiting')
  expect(engine.view(0)).toBeNull()
})

test('pauses between attempts double up to fifteen seconds and are half random', () => {
  expect(retryDelayMs(1, () => 0)).toBe(250)
  expect(retryDelayMs(1, () => 1)).toBe(500)
  expect(retryDelayMs(4, () => 0.5)).toBe(3_000)
  expect(retryDelayMs(30, () => 1)).toBe(15_000)
})
