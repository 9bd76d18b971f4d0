import { setTimeout as delay } from 'node:timers/promises'
import { testDatabase } from '@kaibo/testkit/database'
import { afterAll, expect, test } from 'vitest'
import { createJobs, job } from './jobs.ts'

const { database, url } = await testDatabase()
const jobs = createJobs({ url })
afterAll(() => jobs.stop())

const close = job<{ orderId: string }>('order.close', { retryLimit: 3, retryDelaySec: 1 })
const index = job<{ productId: string }>('product.index', { onePerKey: true })
const closed: string[] = []
const indexed: string[] = []
let tickCount = 0
let mayClose = true

jobs.work(close, {
  pollSec: 0.5,
  handler: async ({ orderId }) => {
    if (!mayClose) throw new Error('not now')
    closed.push(orderId)
  },
})
jobs.work(index, {
  pollSec: 0.5,
  handler: async ({ productId }) => {
    indexed.push(productId)
  },
})
jobs.every('tick', 0.1, async () => {
  tickCount++
  await delay(10)
})
jobs.every('nightly', '0 3 * * *', async () => {})

test('a job can be added before anybody works, exactly if its transaction commits', async () => {
  await database.tx(tx => jobs.enqueue(tx, close, { data: { orderId: 'kept' } }))
  await database
    .tx(async tx => {
      await jobs.enqueue(tx, close, { data: { orderId: 'undone' } })
      throw new Error('no')
    })
    .catch(() => {})
  await jobs.start()
  await expect.poll(() => closed).toEqual(['kept'])
  await database.tx(tx => jobs.enqueue(tx, close, { data: { orderId: 'second' } }))
  await expect.poll(() => closed).toEqual(['kept', 'second'])
})

test('a job does not run before its time', async () => {
  closed.length = 0
  const startAt = new Date(Date.now() + 4_000)
  await database.tx(tx => jobs.enqueue(tx, close, { data: { orderId: 'later' }, startAt }))
  await delay(1_000)
  expect(closed).toEqual([])
  await expect.poll(() => closed).toEqual(['later'])
})

test('a job that failed is tried again', async () => {
  closed.length = 0
  mayClose = false
  await database.tx(tx => jobs.enqueue(tx, close, { data: { orderId: 'again' } }))
  await delay(1_000)
  mayClose = true
  await expect.poll(() => closed).toEqual(['again'])
})

test('while a job with a key waits, another with the same key is dropped', async () => {
  const startAt = new Date(Date.now() + 3_000)
  const add = (productId: string) =>
    database.tx(tx => jobs.enqueue(tx, index, { data: { productId }, key: productId, startAt }))
  await Promise.all([add('a'), add('a'), add('b')])
  await add('a')
  await expect.poll(() => indexed.toSorted()).toEqual(['a', 'b'])
  await add('a')
  await expect.poll(() => indexed.toSorted()).toEqual(['a', 'a', 'b'])
})

test('a repeated task goes on until the jobs stop', async () => {
  const before = tickCount
  await expect.poll(() => tickCount).toBeGreaterThan(before + 2)
  await jobs.stop()
  const after = tickCount
  await delay(300)
  expect(tickCount).toBe(after)
})

test('jobs that are stopped while they start never begin', async () => {
  const hasty = createJobs({ url })
  let runCount = 0
  hasty.every('hasty', 0.01, async () => {
    runCount++
  })
  const started = hasty.start()
  await hasty.stop()
  await started
  await delay(100)
  expect(runCount).toBe(0)
})
