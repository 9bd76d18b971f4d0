import type { PublishTicket } from '@kaibo/contract/show/live'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPublisher } from './publisher.ts'
import {
  type Connect,
  ConnectError,
  type Connection,
  type Media,
  type Target,
} from './transport.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const media: Media = { video: {} as MediaStreamTrack, audio: null, isScreen: false }
const other: Media = { ...media, video: {} as MediaStreamTrack }
const settle = () => vi.advanceTimersByTimeAsync(0)

/** A way to the server that works, or throws what it is given. */
function fakeWay(canSwap = true) {
  const targets: Target[] = []
  const closed: number[] = []
  const swapped: Media[] = []
  const way = { fails: null as ConnectError | null, onTry: () => {}, targets, closed, swapped }
  const connect: Connect = async target => {
    targets.push(target)
    way.onTry()
    if (way.fails) throw way.fails
    const connection: Connection = {
      async swap(next) {
        swapped.push(next)
        return canSwap
      },
      measure: async () => ({
        bitrateKbps: 900,
        framesPerSec: 30,
        widthPx: 720,
        heightPx: 1280,
        lossPart: 0,
        roundTripMs: 30,
        sourceFramesPerSec: 30,
        isStarved: false,
        queuedMs: 0,
      }),
      close: () => void closed.push(targets.indexOf(target)),
    }
    return connection
  }
  return { ...way, connect, way }
}

function stage(offer: Partial<PublishTicket> = {}) {
  const whip = fakeWay()
  const ws = fakeWay(false)
  let ticketCount = 0
  const refusals = { error: null as unknown }
  const filmed = { media }
  const publisher = createPublisher({
    async askTicket() {
      if (refusals.error) throw refusals.error
      ticketCount++
      return {
        ticket: `pt_${ticketCount}`,
        endpoints: [
          { protocol: 'whip', url: 'http://media/whip' },
          { protocol: 'ws', url: 'ws://media/ingest' },
        ],
        iceServers: [],
        expiresAt: '2026-01-01T00:00:00.000Z',
        ...offer,
      }
    },
    transports: { whip: whip.connect, ws: ws.connect },
    media: () => filmed.media,
    refusalOf: error => (error === 'live.ended' ? 'It is over.' : null),
    roll: () => 0,
  })
  return { publisher, whip, ws, refusals, filmed }
}

test('a broadcast goes on air by WebRTC with a ticket of its own', async () => {
  const { publisher, whip } = stage()
  publisher.start()
  await settle()
  expect(publisher.cast()).toEqual({ at: 'live', by: 'whip' })
  expect(whip.targets).toMatchObject([{ url: 'http://media/whip', ticket: 'pt_1', media }])
  expect(await publisher.measure()).toMatchObject({ bitrateKbps: 900 })
})

test('where WebRTC is blocked the WebSocket takes over, with another ticket', async () => {
  const { publisher, whip, ws } = stage()
  whip.way.fails = new ConnectError('blocked', 'no way through')
  publisher.start()
  await settle()
  expect(publisher.cast()).toEqual({ at: 'live', by: 'ws' })
  expect(ws.targets.map(({ ticket }) => ticket)).toEqual(['pt_2'])
})

test('a server that takes only one way is not asked for the other', async () => {
  const { publisher, whip, ws } = stage({
    endpoints: [{ protocol: 'ws', url: 'ws://media/ingest' }],
  })
  publisher.start()
  await settle()
  expect(publisher.cast()).toEqual({ at: 'live', by: 'ws' })
  expect([whip.targets.length, ws.targets.length]).toEqual([0, 1])
})

test('a connection that breaks is made anew with a fresh ticket, by the way that worked', async () => {
  const { publisher, whip } = stage()
  publisher.start()
  await settle()
  whip.targets[0]?.onGone()
  expect(publisher.cast()).toMatchObject({ at: 'lost', why: 'dropped' })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(publisher.cast()).toEqual({ at: 'live', by: 'whip' })
  expect(whip.targets.map(({ ticket }) => ticket)).toEqual(['pt_1', 'pt_2'])
})

test('the host need not wait for the next try', async () => {
  const { publisher, whip } = stage()
  whip.way.fails = new ConnectError('busy', 'somebody publishes')
  publisher.start()
  await settle()
  expect(publisher.cast()).toMatchObject({ at: 'lost', why: 'busy' })
  whip.way.fails = null
  publisher.retryNow()
  await settle()
  expect(publisher.cast()).toEqual({ at: 'live', by: 'whip' })
})

test('a session that is over is not tried again', async () => {
  const { publisher, refusals, whip } = stage()
  refusals.error = 'live.ended'
  publisher.start()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(publisher.cast()).toEqual({ at: 'refused', sentence: 'It is over.' })
  expect(whip.targets).toEqual([])
})

test('other tracks are swapped in place, or by a new connection where that cannot be', async () => {
  const { publisher, whip, ws, filmed } = stage()
  publisher.start()
  await settle()
  await publisher.mediaChanged()
  expect(whip.swapped).toEqual([])
  filmed.media = other
  await publisher.mediaChanged()
  await publisher.mediaChanged()
  expect([whip.swapped, whip.targets.length]).toEqual([[other], 1])

  const slow = stage({ endpoints: [{ protocol: 'ws', url: 'ws://media/ingest' }] })
  slow.publisher.start()
  await settle()
  slow.filmed.media = other
  await slow.publisher.mediaChanged()
  await settle()
  const tickets = slow.ws.targets.map(({ ticket }) => ticket)
  expect([tickets.length, new Set(tickets).size]).toEqual([2, 2])
  expect(slow.ws.closed).toEqual([0])
  expect(slow.publisher.cast()).toEqual({ at: 'live', by: 'ws' })
  expect(ws.targets).toEqual([])
})

test('tracks that change while a connection is made are sent as soon as it stands', async () => {
  const { publisher, whip, filmed } = stage()
  whip.way.onTry = () => {
    filmed.media = other
  }
  publisher.start()
  await settle()
  expect(publisher.cast()).toEqual({ at: 'live', by: 'whip' })
  expect(whip.targets[0]?.media).toBe(media)
  expect(whip.swapped).toEqual([other])
})

test('who ends while it connects is not put on air afterwards', async () => {
  const { publisher, whip } = stage()
  publisher.start()
  publisher.end()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(publisher.cast()).toEqual({ at: 'ended' })
  expect(whip.closed.length).toBe(whip.targets.length)
})

test('the end closes the connection, and its goodbye is no loss', async () => {
  const { publisher, whip } = stage()
  publisher.start()
  await settle()
  publisher.end()
  whip.targets[0]?.onGone()
  expect(publisher.cast()).toEqual({ at: 'ended' })
  expect(whip.closed).toEqual([0])
})
