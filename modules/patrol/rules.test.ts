import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createQueue } from './queue.ts'
import { isLasting, keepFindings, missedCount, paceOf, riskOf } from './rules.ts'

const at = new Date('2026-11-22T10:00:00.000Z')
const ago = (sec: number) => new Date(at.getTime() - sec * 1_000)
const calm = { isTrusted: false, isPinned: false, closeUntil: null, onAirSince: ago(600) }

test.each([
  [calm, 'usual'],
  [{ ...calm, isTrusted: true }, 'trusted'],
  [{ ...calm, onAirSince: ago(59) }, 'close'],
  [{ ...calm, isTrusted: true, isPinned: true }, 'close'],
  [{ ...calm, isTrusted: true, closeUntil: ago(-1) }, 'close'],
  [{ ...calm, closeUntil: ago(1) }, 'usual'],
])('how often a room is looked at: %o → %s', (room, pace) => {
  expect(paceOf(room, at)).toBe(pace)
})

test('pictures that were due and are too late are missed, not made up for', () => {
  expect([
    missedCount(-5, 'close'),
    missedCount(900, 'close'),
    missedCount(3_100, 'close'),
  ]).toEqual([0, 0, 3])
})

test('a finding lasts from its first picture on, until there is one without it', () => {
  const finding = { label: 'black_picture', score: 1, verdict: 'review' as const, lastsSec: 10 }
  const first = keepFindings([], [finding], ago(20))
  const second = keepFindings(first, [finding], ago(10))
  expect(second.map(each => [each.since, isLasting(each, ago(10))])).toEqual([
    [ago(20).toISOString(), true],
  ])
  expect(keepFindings(second, [], ago(5))).toEqual([])
  expect(keepFindings([], [finding], at).every(each => isLasting(each, at))).toBe(false)
})

const quiet = {
  findings: [],
  findingsAt: at,
  openAlerts: [],
  verdictCount: 0,
  isPinned: false,
  onlineCount: 0,
  pictureAgeSec: 1,
  hasFault: false,
}

test('a room with nothing against it has no risk, however many watch', () => {
  expect([riskOf(quiet), riskOf({ ...quiet, onlineCount: 1_000_000 })]).toEqual([0, 0])
})

test('more against a room is never less risk, and never more than a hundred', () => {
  const facts = fc.record({
    openAlerts: fc.array(fc.record({ isBlocking: fc.boolean() }), { maxLength: 8 }),
    verdictCount: fc.nat(20),
    onlineCount: fc.nat(100_000),
    hasFault: fc.boolean(),
  })
  fc.assert(
    fc.property(facts, some => {
      const base = { ...quiet, ...some }
      const risk = riskOf(base)
      const more = [
        { ...base, openAlerts: [...base.openAlerts, { isBlocking: true }] },
        { ...base, isPinned: true },
        { ...base, verdictCount: base.verdictCount + 1 },
        { ...base, pictureAgeSec: null },
      ]
      for (const worse of more) {
        expect(riskOf(worse)).toBeGreaterThanOrEqual(risk)
        expect(riskOf(worse)).toBeLessThanOrEqual(100)
      }
    }),
  )
})

test('who cannot follow loses the oldest pictures, and they are counted', async () => {
  const gate = Promise.withResolvers<void>()
  const done: number[] = []
  const queue = createQueue<number>({
    sizeMax: 3,
    workersMax: 2,
    work: async item => {
      await gate.promise
      done.push(item)
    },
  })
  for (let item = 1; item <= 8; item++) queue.add(item)
  expect(queue.counts).toEqual({ waiting: 3, dropped: 3 })
  gate.resolve()
  await queue.idle()
  expect(done).toEqual([1, 2, 6, 7, 8])
})
