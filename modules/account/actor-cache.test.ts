import { manualClock } from '@kaibo/kernel/clock'
import { userActor } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'
import { createActorCache } from './actor-cache.ts'

const newCache = (entriesMax = 100) => {
  const clock = manualClock(new Date('2026-11-22T02:00:00Z'))
  return { clock, cache: createActorCache({ clock, keepMs: 3_000, entriesMax }) }
}

test('an actor is kept for three seconds and loaded again after', async () => {
  const { cache, clock } = newCache()
  const [first, second] = [userActor(), userActor()]
  expect(await cache.read('a', async () => first)).toBe(first)
  clock.advanceMs(2_999)
  expect(await cache.read('a', async () => second)).toBe(first)
  clock.advanceMs(1)
  expect(await cache.read('a', async () => second)).toBe(second)
})

test('an actor whose sign-out came during the load is not kept', async () => {
  const { cache } = newCache()
  const actor = userActor()
  const loading = Promise.withResolvers<typeof actor>()
  const read = cache.read('a', () => loading.promise)
  cache.drop(each => each.sessionId === actor.sessionId)
  loading.resolve(actor)
  await read
  const visitor = { kind: 'visitor' } as const
  expect(await cache.read('a', async () => visitor)).toBe(visitor)
})

test('the oldest entry leaves when the cache is full', async () => {
  const { cache } = newCache(2)
  const actor = userActor()
  for (const key of ['a', 'b', 'c']) await cache.read(key, async () => actor)
  let loadsCount = 0
  const load = async () => {
    loadsCount += 1
    return actor
  }
  await cache.read('c', load)
  await cache.read('b', load)
  expect(loadsCount).toBe(0)
  await cache.read('a', load)
  expect(loadsCount).toBe(1)
})
