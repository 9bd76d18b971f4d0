import type { Database } from '@kaibo/db/database'
import { systemClock } from '@kaibo/kernel/clock'
import type { FanoutBus } from '@kaibo/realtime/bus'
import { createHub, type Hub } from '@kaibo/realtime/hub'
import { testDatabase } from '@kaibo/testkit/database'
import { fanoutBusSuite, recordDeliveries, until } from '@kaibo/testkit/fanout-bus'
import { afterEach, expect, test } from 'vitest'
import { createPostgresFanout } from './index.ts'
import { packLossy, parsePayload } from './wire.ts'

const { database, connect } = await testDatabase()
const log = { warn: () => undefined }

const buses: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const bus of buses.splice(0)) await bus.stop()
  await emptyTables()
})

const emptyTables = () => database.query('', 'truncate fanout_topic, fanout_item', [])
const listeners = `from pg_stat_activity
  where datname = current_database() and query like 'listen %kaibo_fanout%'`

const listenerCount = async () => {
  const [row] = await database.query<{ n: number }>(
    '',
    `select count(*)::int as n ${listeners}`,
    [],
  )
  return row?.n ?? 0
}

/** A bus as one more process would have it, listening already. */
async function join(pool: Database = database) {
  const before = await listenerCount()
  const bus = createPostgresFanout({ database: pool, log })
  buses.push(bus)
  for (let tries = 0; tries < 100 && (await listenerCount()) <= before; tries++) {
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  return bus
}

const say = (bus: FanoutBus, item: unknown) =>
  bus.publish('live:1', { lane: 'ordered', json: JSON.stringify(item) })

fanoutBusSuite(async () => [await join(), await join(connect())])

test('a process that lost its connection reads what it missed, in order and once', async () => {
  const [one, two] = [await join(), await join(connect())]
  const heard = recordDeliveries(two)
  await one.open('live:1')
  await two.open('live:1')
  await say(one, 1)
  await until(() => heard.all.length === 1)
  await database.query('', `select pg_terminate_backend(pid) ${listeners}`, [])
  for (let n = 2; n <= 20; n++) await say(one, n)
  await until(() => heard.all.length >= 20)
  await say(one, 21)
  await until(() => heard.all.length >= 21)
  const expected = Array.from({ length: 21 }, (_, n) => [n + 1, n + 1])
  expect(heard.ordered('live:1')).toEqual(expected)
})

test('when the tables were lost, every follower is told to start over', async () => {
  const [one, two] = [await join(), await join(connect())]
  const heard = recordDeliveries(two)
  const { epoch } = await two.open('live:1')
  await say(one, 'before')
  await until(() => heard.all.length === 1)
  await emptyTables()
  await one.open('live:1')
  await say(one, 'after')
  await until(() => heard.all.length === 2)
  expect(heard.all[1]).toMatchObject({ lane: 'restart', topic: 'live:1', oseq: 1 })
  expect(heard.all[1]).not.toMatchObject({ epoch })
  await say(two, 'next')
  await until(() => heard.all.length === 3)
  expect(heard.ordered('live:1')).toEqual([
    [1, 'before'],
    [2, 'next'],
  ])
})

test('a process that comes later knows what was said lately', async () => {
  const [one, two] = [await join(), await join(connect())]
  await one.open('live:1')
  for (const item of ['a', 'b']) await say(one, item)
  const opened = await two.open('live:1')
  expect(opened.oseq).toBe(2)
  expect(opened.recent.map(({ oseq, json }) => [oseq, json])).toEqual([
    [1, '"a"'],
    [2, '"b"'],
  ])
})

test('a client that moves to another process goes on where it stopped', async () => {
  const clock = systemClock
  const hubs = [
    createHub({ bus: await join(), clock }),
    createHub({ bus: await join(connect()), clock }),
  ]
  const [one, two] = [attach(hubs[0]), attach(hubs[1])]
  one.connection?.subscribe('live:1')
  await until(() => one.text().includes('"sub"'))
  const position = await hubs[0]?.position('live:1')
  for (const item of ['a', 'b', 'c']) await hubs[1]?.publishOrdered('live:1', item)
  await until(() => one.text().includes('"c"'))
  two.connection?.subscribe('live:1', { epoch: position?.epoch ?? '', oseq: 1 })
  await until(() => two.text().includes('"c"'))
  expect(two.text()).toContain(`["@","sub","live:1","${position?.epoch}",1]`)
  expect(two.text()).toContain(`["live:1","${position?.epoch}",2,["b","c"],[]]`)
  for (const hub of hubs) hub.close()
})

function attach(hub: Hub | undefined) {
  const written: Buffer[] = []
  const socket = { writableLength: 0, write: (bytes: Buffer) => written.push(bytes), close() {} }
  const identity = { id: 'ann', kind: 'device', roles: [] } as const
  return {
    connection: hub?.attach(socket, { identity }),
    text: () => Buffer.concat(written).toString(),
  }
}

test('many publishers on many topics neither block each other nor lose a number', async () => {
  const [one, two] = [await join(), await join(connect())]
  const heard = recordDeliveries(one)
  const topics = ['live:1', 'live:2', 'live:3']
  for (const topic of topics) await one.open(topic)
  const work = Array.from({ length: 300 }, (_, n) => {
    const topic = topics[n % 3] ?? ''
    return (n % 2 ? one : two).publish(topic, { lane: 'ordered', json: String(n) })
  })
  await Promise.all(work)
  await until(() => heard.all.length === 300)
  for (const topic of topics) {
    const numbers = heard.ordered(topic).map(([oseq]) => oseq)
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, n) => n + 1))
  }
})

test('payloads stay below what NOTIFY takes, and what can never fit is counted', () => {
  const messages = Array.from({ length: 50 }, (_, n) => ({
    lane: 'social' as const,
    topic: 'live:1',
    json: JSON.stringify('购'.repeat(n * 50)),
  }))
  const { payloads, lostCount } = packLossy('node', messages)
  expect(payloads.every(payload => Buffer.byteLength(payload) < 8_000)).toBe(true)
  const read = payloads.flatMap(payload => {
    const parsed = parsePayload(payload)
    return parsed?.kind === 'lossy' ? parsed.messages : []
  })
  expect(read).toEqual(messages.slice(0, 50 - lostCount))
  expect(lostCount).toBeLessThan(5)
})
