import { systemClock as clock } from '@kaibo/kernel/clock'
import { testDatabase } from '@kaibo/testkit/database'
import { hasRedis, testRedis } from '@kaibo/testkit/redis'
import pino from 'pino'
import { expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { createFanout } from './fanout.ts'

const { database } = await testDatabase()
const log = pino({ level: 'silent' })
const fanoutOf = (env: Record<string, string>) =>
  createFanout({ config: readConfig(env), database, clock, log })

test.each([
  [{}, false],
  [{ KAIBO_FANOUT: 'postgres' }, true],
  [{ KAIBO_ROLES: 'api,worker' }, true],
  [{ KAIBO_ROLES: 'realtime' }, true],
])('with %j other processes are reached: %s', async (env, isShared) => {
  const fanout = fanoutOf(env)
  expect(fanout.isShared).toBe(isShared)
  expect(await fanout.check()).toMatchObject({ ok: true })
  await fanout.stop()
})

test.runIf(hasRedis)('doctor says how Redis is', async () => {
  const redis = await testRedis()
  const fanout = fanoutOf({ KAIBO_FANOUT: 'redis', KAIBO_REDIS_URL: redis.url })
  expect(await fanout.check()).toMatchObject({ ok: true, findings: [] })
  await redis.ask('config', 'set', 'maxmemory-policy', 'allkeys-lru')
  expect(await fanout.check()).toMatchObject({ ok: false, findings: [{ found: 'allkeys-lru' }] })
  await redis.kill()
  expect(await fanout.check()).toMatchObject({ ok: false, findings: [{ expected: 'an answer' }] })
  await fanout.stop()
})
