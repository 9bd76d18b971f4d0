import { recordDeliveries, until } from '@kaibo/testkit/fanout/bus-suite'
import { insist, sharedFanoutSuite } from '@kaibo/testkit/fanout/shared-suite'
import { hasRedis, type TestRedis, testRedis } from '@kaibo/testkit/redis'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createRedisFanout, type RedisFanout } from './index.ts'

describe.skipIf(!hasRedis)('over Redis', () => {
  let redis: TestRedis
  const buses: RedisFanout[] = []

  beforeAll(async () => {
    redis = await testRedis()
  })

  afterEach(async () => {
    for (const bus of buses.splice(0)) await bus.stop()
    await redis.ask('flushall')
  })

  const listenerCount = async () =>
    Number((await redis.ask('pubsub', 'numsub', 'kaibo:fanout:0')).split('\n')[1])

  async function join(): Promise<RedisFanout> {
    const before = await listenerCount()
    const bus = createRedisFanout({ url: redis.url, log: { warn: () => undefined } })
    buses.push(bus)
    for (let tries = 0; tries < 250 && (await listenerCount()) <= before; tries++) {
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    return bus
  }

  sharedFanoutSuite({
    join,
    async cutOff() {
      await redis.ask('client', 'kill', 'type', 'pubsub')
      await redis.ask('client', 'kill', 'type', 'normal', 'skipme', 'yes')
    },
    async forget() {
      await redis.ask('flushall')
      await redis.ask('client', 'kill', 'type', 'pubsub')
    },
  })

  test('a killed Redis that comes back with an older past loses no item', async () => {
    const [one, other] = [await join(), await join()]
    const heard = recordDeliveries(other)
    await one.open('live:1')
    const { epoch } = await other.open('live:1')
    for (const item of ['a', 'b', 'c']) await insist(one, item)
    await until(() => heard.items('live:1').length === 3)
    await redis.kill()
    await expect(
      Promise.resolve(one.publish('live:1', { lane: 'ordered', json: '"refused"' })),
    ).rejects.toThrow()
    await redis.start()
    // Where nobody follows yet this one may be forgotten; then a restart tells to fetch it.
    await insist(one, 'd')
    await until(
      () => heard.all.some(({ lane }) => lane === 'restart') || heard.items('live:1').includes('d'),
      20_000,
    )
    await insist(one, 'e')
    await until(() => heard.items('live:1').includes('e'))
    const restartAt = heard.all.findIndex(({ lane }) => lane === 'restart')
    expect(restartAt).toBe(3)
    const after = heard.all.slice(restartAt + 1)
    expect(after.every(each => each.lane === 'ordered' && each.epoch !== epoch)).toBe(true)
    expect(heard.items('live:1').slice(-1)).toEqual(['e'])
  })

  test('streams and keys stay bounded', async () => {
    const bus = await join()
    await bus.open('live:1')
    const say = (n: number) => bus.publish('live:1', { lane: 'ordered', json: String(n) })
    await Promise.all(Array.from({ length: 1_300 }, (_, n) => say(n)))
    const keys = (await redis.ask('keys', '*')).split('\n')
    expect(keys).toHaveLength(2)
    const items = keys.find(key => key.endsWith(':i:live:1')) ?? ''
    expect(await redis.ask('xlen', items)).toBe('1000')
    for (const key of keys) expect(Number(await redis.ask('ttl', key))).toBeGreaterThan(600)
  })

  test('the server says what a self-check wants to know', async () => {
    const bus = await join()
    expect(await bus.facts()).toMatchObject({
      version: expect.stringMatching(/^\d+\./),
      evictionPolicy: 'noeviction',
    })
    await redis.kill()
    await expect(bus.facts()).rejects.toThrow()
    await redis.start()
  })
})
