import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { averageOrderFen, timelineOf } from './model.ts'

const session = { startedAt: '2026-03-01T12:00:00.000Z', createdAt: '2026-03-01T11:00:00.000Z' }
const explain = (productId: string, startedAt: string, seconds: number) => ({
  productId,
  title: productId,
  startedAt: `2026-03-01T12:${startedAt}.000Z`,
  seconds,
})

test('explanations lie where they happened in the show', () => {
  const recap = {
    durationSec: 600,
    explains: [explain('tea', '00:00', 60), explain('cup', '05:00', 150)],
  }
  expect(timelineOf(recap, session)).toMatchObject([
    { title: 'tea', offsetSec: 0, from: 0, length: 0.1, hue: 0 },
    { title: 'cup', offsetSec: 300, from: 0.5, length: 0.25, hue: 1 },
  ])
})

test('a product explained again keeps its colour', () => {
  const explains = [
    explain('tea', '00:00', 10),
    explain('cup', '01:00', 10),
    explain('tea', '02:00', 10),
  ]
  expect(timelineOf({ durationSec: 600, explains }, session).map(({ hue }) => hue)).toEqual([
    0, 1, 0,
  ])
})

test('nothing reaches beyond the show', () => {
  const explains = [explain('tea', '09:50', 60)]
  const [late] = timelineOf({ durationSec: 600, explains }, session)
  expect((late?.from ?? 0) + (late?.length ?? 0)).toBeCloseTo(1)
})

test('of an explanation that began before the show only the part on air counts', () => {
  const begun = { ...explain('tea', '00:00', 90), startedAt: '2026-03-01T11:59:00.000Z' }
  const over = { ...begun, seconds: 30 }
  expect(timelineOf({ durationSec: 600, explains: [over, begun] }, session)).toMatchObject([
    { offsetSec: 0, seconds: 30, length: 0.05 },
  ])
})

test('the average order is whole fen, and unknown without orders', () => {
  expect(averageOrderFen({ orderCount: 3, amountFen: fen(1_000) })).toBe(333)
  expect(averageOrderFen({ orderCount: 0, amountFen: fen(0) })).toBeNull()
})
