import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { decodeFrames, startHub, turns } from '../../test/support.ts'
import { createStats } from '../hub/stats.ts'
import { defaultLimits } from '../limits.ts'
import { webSocketWire } from '../wire.ts'
import { envelopeFrames, itemOf } from './frame.ts'
import { createRing } from './ring.ts'
import { createTicker, tickMs } from './tick.ts'
import { Topic } from './topic.ts'

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 80 }), { maxLength: 40 })

test('however an envelope is split, no item is lost, moved or renumbered', () => {
  const input = fc.record({
    ordered: texts,
    social: texts,
    frameBytesMax: fc.integer({ min: 1, max: 500 }),
  })
  fc.assert(
    fc.property(input, ({ ordered, social, frameBytesMax }) => {
      const itemsOf = (list: string[]) => list.map(text => itemOf(JSON.stringify(text)))
      const envelope = { topic: 'live:1', epoch: 'e', oseqFrom: 7 }
      const parts = { ordered: itemsOf(ordered), social: itemsOf(social) }
      const options = { frameBytesMax, wire: webSocketWire }
      const frames = envelopeFrames({ ...envelope, ...parts }, options)
      const messages: [string, string, number, string[], string[]][] = decodeFrames(frames).map(
        text => JSON.parse(text),
      )
      const numbered = messages.flatMap(message =>
        message[3].map((text, i) => [message[2] + i, text]),
      )
      expect(numbered).toEqual(ordered.map((text, i) => [7 + i, text]))
      expect(messages.flatMap(message => message[4])).toEqual(social)
      for (const message of messages) {
        const bytes = Buffer.byteLength(JSON.stringify(message))
        expect(message[3].length + message[4].length === 1 || bytes <= frameBytesMax + 40).toBe(
          true,
        )
      }
    }),
  )
})

test('the ring keeps a window of the sequence and never answers with a hole', () => {
  const limits = { ringItemsMax: 5, ringBytesMax: 40, ringAgeMsMax: 1_000 }
  const push = fc.record({ bytes: fc.integer({ min: 1, max: 20 }), waitMs: fc.nat(600) })
  fc.assert(
    fc.property(fc.array(push, { maxLength: 600 }), fc.nat(700), (pushes, from) => {
      const ring = createRing(limits, 0)
      let nowMs = 0
      for (const { bytes, waitMs } of pushes) {
        nowMs += waitMs
        ring.push({ json: String(ring.oseq + 1), bytes, atMs: nowMs })
      }
      expect(ring.oseq).toBe(pushes.length)
      const after = ring.after(from)
      if (from > ring.oseq) expect(after).toBeUndefined()
      else if (after) {
        const expected = Array.from({ length: ring.oseq - from }, (_, i) => String(from + 1 + i))
        expect(after.map(item => item.json)).toEqual(expected)
        expect(after.length).toBeLessThanOrEqual(limits.ringItemsMax)
      }
      expect(ring.after(ring.oseq)).toEqual([])
    }),
  )
})

test.each([
  [10, 0, 50],
  [650, 0, 50],
  [1_300, 0, 100],
  [10_000, 0, 250],
  [10, 100, 250],
  [10, 5_000, 2_000],
])('a room of %i whose sweep took %i ms ticks every %i ms', (size, sweepMs, expectedMs) => {
  expect(tickMs({ size, sweepMs }, defaultLimits)).toBe(expectedMs)
})

test('large rooms are written in slices, small ones get their turn between them', async () => {
  const { hub, join } = startHub({ limits: { sliceSocketsMax: 10 } })
  const crowd = Array.from({ length: 100 }, (_, n) => join(`viewer-${n}`, 'live:1'))
  const small = join('ann', 'live:2')
  await hub.publishOrdered('live:1', 'x')
  await hub.publishOrdered('live:2', 'y')
  const served = () => crowd.filter(viewer => viewer.ordered('live:1').length > 0).length
  while (small.ordered('live:2').length === 0) await turns(1)
  expect(served()).toBeLessThan(50)
  while (served() < 100) await turns(1)
})

test('who is served first changes from sweep to sweep', async () => {
  const { hub, join } = startHub({ limits: { sliceSocketsMax: 1 } })
  const crowd = Array.from({ length: 10 }, (_, n) => join(`viewer-${n}`, 'live:1'))
  const firsts: number[] = []
  for (let sweep = 1; sweep <= 3; sweep++) {
    await hub.publishOrdered('live:1', sweep)
    const servedCount = () => crowd.filter(viewer => viewer.ordered('live:1').length === sweep)
    while (servedCount().length === 0) await turns(1)
    firsts.push(crowd.findIndex(viewer => viewer.ordered('live:1').length === sweep))
    while (servedCount().length < crowd.length) await turns(1)
  }
  expect(new Set(firsts).size).toBe(3)
})

test('social items that left along with an ordered one put the next tick off by a whole one', () => {
  vi.useFakeTimers({ now: 0 })
  try {
    const flushed: number[] = []
    const flush = () => void flushed.push(Date.now())
    const clock = { now: () => new Date() }
    const limits = defaultLimits
    const ticker = createTicker({ limits, clock, flush })
    const opened = { epoch: 'e', oseq: 0, recent: [] }
    const topic = new Topic('live:1', opened, { limits, stats: createStats() })
    topic.sweepMs = 100 * limits.sweepShareMax
    vi.setSystemTime(1_000)
    ticker.restart(topic)
    ticker.mark(topic)
    vi.advanceTimersByTime(200)
    expect(flushed).toEqual([1_000 + 100])
    ticker.close()
  } finally {
    vi.useRealTimers()
  }
})
