import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { startHub, turns } from '../test/support.ts'

const tick = async () => {
  await sleep(120)
  await turns()
}

test('everybody in a room gets the ordered items with their numbers, in order', async () => {
  const { hub, join } = startHub()
  const ann = join('ann', 'live:1')
  const bob = join('bob', 'live:1')
  for (const item of ['a', 'b', 'c']) await hub.publishOrdered('live:1', item)
  await turns()
  expect(ann.ordered('live:1')).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ])
  expect(bob.ordered('live:1')).toEqual(ann.ordered('live:1'))
})

test('a topic never leaks into another', async () => {
  const { hub, join } = startHub()
  const ann = join('ann', 'live:1', 'user:ann')
  const bob = join('bob', 'live:2')
  await hub.publishOrdered('live:1', 'one')
  await hub.publishOrdered('user:ann', 'private')
  hub.publishSocial('live:1', 'hello')
  await tick()
  expect(ann.ordered('user:ann')).toEqual([[1, 'private']])
  expect(bob.messages()).toHaveLength(1)
})

test('what is published in one turn leaves in one shared frame', async () => {
  const { hub, join } = startHub()
  const ann = join('ann', 'live:1')
  const bob = join('bob', 'live:1')
  hub.publishSocial('live:1', 'hi')
  await hub.publishOrdered('live:1', 'a')
  await hub.publishOrdered('live:1', 'b')
  await turns()
  expect(ann.writes).toHaveLength(2)
  expect(ann.writes[1]).toBe(bob.writes[1])
  expect(ann.social('live:1')).toEqual(['hi'])
})

test('of a state only the newest value leaves in a tick', async () => {
  const { hub, join } = startHub()
  const ann = join('ann', 'live:1')
  for (const count of [1, 2, 3]) hub.publishLatest('live:1', 'viewers', { viewers: count })
  await tick()
  expect(ann.social('live:1')).toEqual([{ viewers: 3 }])
})

test('beyond the cap the oldest events fall out, but their author still sees them', async () => {
  const { hub, join } = startHub({ limits: { socialPerSecMax: 5, socialBurstMax: 5 } })
  const ann = join('ann', 'live:1')
  const bob = join('bob', 'live:1')
  hub.publishSocial('live:1', 'mine', { echoTo: 'ann' })
  for (let n = 0; n < 7; n++) hub.publishSocial('live:1', n)
  await tick()
  expect(bob.social('live:1')).toEqual([2, 3, 4, 5, 6])
  expect(ann.social('live:1').toSorted()).toEqual([2, 3, 4, 5, 6, 'mine'])
  expect(hub.stats().socialDroppedCount).toBe(3)
})

test('a returning client gets exactly what it missed', async () => {
  const { hub, join } = startHub()
  const ann = join('ann', 'live:1')
  const [, , epoch] = ann.controls()[0] ?? []
  if (typeof epoch !== 'string') throw new Error('no epoch')
  for (const item of ['a', 'b', 'c']) await hub.publishOrdered('live:1', item)
  await turns()
  ann.connection.detach()
  await hub.publishOrdered('live:1', 'd')
  const again = join('ann')
  again.connection.subscribe('live:1', { epoch, oseq: 2 })
  await hub.publishOrdered('live:1', 'e')
  await turns()
  expect(again.controls()).toEqual([['sub', 'live:1', epoch, 2]])
  expect(again.ordered('live:1')).toEqual([
    [3, 'c'],
    [4, 'd'],
    [5, 'e'],
  ])
})

test.each([
  ['of another epoch', { epoch: 'gone', oseq: 1 }],
  ['from the future', { oseq: 99 }],
  ['that fell out of the ring', { oseq: 0 }],
])('a position %s is answered with resync', async (_, position) => {
  const { hub, join } = startHub({ limits: { ringItemsMax: 2 } })
  join('bob', 'live:1')
  for (const item of ['a', 'b', 'c']) await hub.publishOrdered('live:1', item)
  const current = await hub.position('live:1')
  if (!current) throw new Error('no position')
  const ann = join('ann')
  ann.connection.subscribe('live:1', { ...current, ...position })
  expect(ann.controls()).toEqual([['resync', 'live:1', current.epoch, 3]])
})

test('when memory runs short whoever has a queue counts as slow, and nobody else', async () => {
  const { hub, join } = startHub({ limits: { rssBytesMax: 1_000 }, rssBytes: () => 1_001 })
  const [ann, bob] = [join('ann', 'live:1'), join('bob', 'live:1')]
  ann.state.queuedBytes = 1
  hub.publishSocial('live:1', 'hello')
  await hub.publishOrdered('live:1', 'item')
  await vi.waitFor(() => expect(bob.social('live:1')).toEqual(['hello']))
  expect(ann.social('live:1')).toEqual([])
  expect(ann.ordered('live:1')).toEqual([[1, 'item']])
})

test('a slow client loses danmaku first and keeps states and ordered items', async () => {
  const { hub, join } = startHub({ limits: { leanQueueBytes: 100, queueBytesMax: 10_000 } })
  const ann = join('ann', 'live:1')
  ann.state.queuedBytes = 200
  hub.publishSocial('live:1', 'danmaku')
  hub.publishLatest('live:1', 'viewers', 7)
  await hub.publishOrdered('live:1', 'a')
  await tick()
  expect(ann.social('live:1')).toEqual([7])
  expect(ann.ordered('live:1')).toEqual([[1, 'a']])
  expect(hub.stats().socialSkippedCount).toBe(1)
})

test('a stuck client costs a bounded queue, is sent away and resumes without loss', async () => {
  const { hub, join } = startHub()
  const ann = join('ann', 'live:1')
  const start = await hub.position('live:1')
  if (!start) throw new Error('no position')
  ann.state.isReading = false
  let publishedCount = 0
  while (ann.state.closed === undefined && publishedCount < 100) {
    publishedCount++
    await hub.publishOrdered('live:1', `${publishedCount}:${'x'.repeat(10_000)}`)
    await turns()
  }
  expect(ann.state.closed).toBe(4408)
  expect(ann.state.queuedBytes).toBeLessThan(256 * 1024 + 11_000)
  const received = ann.ordered('live:1')
  const again = join('ann')
  again.connection.subscribe('live:1', { ...start, oseq: received.length })
  const all = [...received, ...again.ordered('live:1')].map(([oseq]) => oseq)
  expect(all).toEqual(Array.from({ length: publishedCount }, (_, n) => n + 1))
})

test('danmaku never fill the queue of a client that does not read', async () => {
  const { hub, join } = startHub()
  const ann = join('ann', 'live:1')
  ann.state.isReading = false
  for (let n = 0; n < 12; n++) {
    for (let each = 0; each < 30; each++) hub.publishSocial('live:1', 'x'.repeat(2_000))
    await sleep(60)
  }
  expect(ann.state.queuedBytes).toBeLessThan(150_000)
  expect(ann.state.closed).toBeUndefined()
})

test('a client that has read nothing for ten seconds is sent away', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const { hub, join } = startHub()
  const ann = join('ann', 'live:1')
  ann.state.queuedBytes = 10
  await hub.publishOrdered('live:1', 1)
  await turns()
  vi.setSystemTime(Date.now() + 11_000)
  await hub.publishOrdered('live:1', 2)
  await turns()
  vi.useRealTimers()
  expect(ann.state.closed).toBe(4408)
})

test('a tick larger than a frame leaves as several envelopes, each with its own number', async () => {
  const { hub, join } = startHub({ limits: { frameBytesMax: 1_000 } })
  const ann = join('ann', 'live:1')
  for (let n = 0; n < 10; n++) await hub.publishOrdered('live:1', '购'.repeat(100))
  await turns()
  expect(ann.writes).toHaveLength(2)
  expect(ann.messages()).toHaveLength(1 + 4)
  expect(ann.ordered('live:1').map(([oseq]) => oseq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

test('two thousand sockets in one room all get everything', async () => {
  const { hub, join } = startHub()
  const room = Array.from({ length: 2_000 }, (_, n) => join(`viewer-${n % 1_000}`, 'live:1'))
  for (let n = 1; n <= 5; n++) await hub.publishOrdered('live:1', n)
  hub.publishSocial('live:1', 'hello')
  await tick()
  expect(room.every(viewer => viewer.ordered('live:1').length === 5)).toBe(true)
  expect(room.every(viewer => viewer.social('live:1').length === 1)).toBe(true)
  expect(hub.presence('live:1')).toEqual({ connectionCount: 2_000, identityCount: 1_000 })
})

test('a revoked session loses its sockets, an evicted person only the topic', async () => {
  const { hub, join } = startHub()
  const ann = join('ann', 'live:1', 'feed')
  hub.evict('live:1', 'ann')
  expect(ann.controls().at(-1)).toEqual(['error', 'topic.forbidden', 'live:1'])
  expect(ann.connection.topicNames).toEqual(['feed'])
  hub.revoke({ identityId: 'ann' })
  expect(ann.state.closed).toBe(4401)
  expect(hub.stats().connectionCount).toBe(0)
})

test('taps are merged into one sum and capped per person', async () => {
  const sums: unknown[] = []
  const { hub } = startHub({
    limits: { countFlushMs: 20 },
    onCount: (...sum) => sums.push(sum),
  })
  const tap = { topic: 'live:1', key: 'hearts' }
  expect(hub.addCount({ ...tap, identityId: 'ann' }, 50)).toBe(20)
  expect(hub.addCount({ ...tap, identityId: 'ann' }, 5)).toBe(0)
  hub.addCount({ ...tap, identityId: 'bob' }, 3)
  await sleep(50)
  expect(sums).toEqual([['live:1', 'hearts', 23]])
})
