import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createGroup } from './group.ts'

type Changes = {
  queueMax?: number
  sizeMax?: number
  halfMin?: number
  isOnes?: (error: unknown) => boolean
}

/** Doubles numbers, ten milliseconds a flush; 13 is poison. */
function doubler({ queueMax = 100, sizeMax = 100, ...rest }: Changes = {}) {
  const flushes: number[][] = []
  const group = createGroup<number, number>({
    flush: async items => {
      flushes.push([...items])
      await delay(10)
      if (items.includes(13)) throw new Error('poison')
      return items.map(item => item * 2)
    },
    sizeMax,
    queueMax,
    full: ({ place, waitMs }) => new Error(`place ${place}, ${waitMs >= 0 ? 'some' : 'no'} ms`),
    ...rest,
  })
  return { ask: group.ask, flushes }
}
const reasonsOf = (results: PromiseSettledResult<number>[]) =>
  results.map(each => (each.status === 'fulfilled' ? each.value : each.reason.message))

test('whoever asks while a flush is under way is flushed together with the others that do', async () => {
  const { ask, flushes } = doubler()
  const first = ask(1)
  await delay(5)
  expect(await Promise.all([first, ask(2), ask(3)])).toEqual([2, 4, 6])
  expect(flushes).toEqual([[1], [2, 3]])
})

test('a flush is no larger than it may be, and everybody is answered in order', async () => {
  const { ask, flushes } = doubler({ sizeMax: 2 })
  expect(await Promise.all([1, 2, 3, 4, 5].map(ask))).toEqual([2, 4, 6, 8, 10])
  expect(flushes).toEqual([[1, 2], [3, 4], [5]])
})

test('many fly in two halves: the second one leaves before the first one is back', async () => {
  const few = doubler({ halfMin: 2 })
  expect(await Promise.all([1, 2, 3].map(few.ask))).toEqual([2, 4, 6])
  expect(few.flushes).toEqual([[1, 2, 3]])

  const started: number[][] = []
  const first = Promise.withResolvers<void>()
  const many = createGroup<number, number>({
    flush: async items => {
      started.push([...items])
      // The first half comes back when the second one has left, or never.
      if (started.length === 1) await first.promise
      else first.resolve()
      return items
    },
    sizeMax: 100,
    halfMin: 2,
    queueMax: 100,
    full: () => new Error('full'),
  })
  await Promise.all([1, 2, 3, 4].map(many.ask))
  expect(started).toEqual([
    [1, 2],
    [3, 4],
  ])
})

test('beyond its end the queue says which place one would have had', async () => {
  const { ask } = doubler({ queueMax: 2 })
  const results = await Promise.allSettled([1, 2, 3].map(ask))
  expect(reasonsOf(results)).toEqual([2, 4, 'place 3, some ms'])
})

test('an error that may be the fault of one is told to that one alone', async () => {
  const { ask } = doubler({ isOnes: () => true })
  const results = await Promise.allSettled([1, 13, 3, 4].map(ask))
  expect(reasonsOf(results)).toEqual([2, 'poison', 6, 8])
})

test('any other error is told to all, and those who come later are served', async () => {
  const { ask } = doubler()
  const results = await Promise.allSettled([1, 13].map(ask))
  expect(reasonsOf(results)).toEqual(['poison', 'poison'])
  expect(await ask(2)).toBe(4)
})
