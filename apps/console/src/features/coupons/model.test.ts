import { expect, test } from 'vitest'
import { type Draft, emptyDraft, type ProblemAt, templateOf } from './model.ts'

const now = new Date('2026-11-22T04:00:00Z')
const sound: Draft = {
  ...emptyDraft(now),
  title: '满 100 减 20',
  offText: '20',
  thresholdText: '100',
}
const read = (change: Partial<Draft> = {}) => templateOf({ ...sound, ...change })

test('what is typed becomes a coupon in fen and basis points', () => {
  expect(read()).toMatchObject({
    template: { off: { fen: 2_000 }, thresholdFen: 10_000, validity: { days: 30 }, code: null },
  })
  expect(read({ take: 'share', offText: '12.5', maxText: '30', thresholdText: '' })).toMatchObject({
    template: { off: { bps: 1_250, maxFen: 3_000 }, thresholdFen: 0 },
  })
  expect(read({ hasCode: true, code: 'tea88' })).toMatchObject({ template: { code: 'TEA88' } })
})

test.each<[ProblemAt, Partial<Draft>]>([
  ['title', { title: ' ' }],
  ['off', { offText: '0' }],
  ['off', { take: 'share', offText: '100' }],
  ['off', { take: 'share', offText: '10', maxText: 'x' }],
  ['threshold', { thresholdText: '19.99' }],
  ['scope', { scope: { only: 'categories', ids: [], products: [] } }],
  ['total', { totalText: '0' }],
  ['perPerson', { perPersonText: '101' }],
  ['claim', { claimUntilText: '' }],
  ['validity', { daysText: '' }],
  ['validity', { lasts: 'window', validUntilText: sound.validFromText }],
  ['code', { hasCode: true, code: 'a b' }],
])('%s is asked for again when it is wrong: %j', (at, change) => {
  expect(read(change)).toEqual({ problems: { [at]: true } })
})
