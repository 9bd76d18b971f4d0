import { fork } from 'node:child_process'
import { once as emitted } from 'node:events'
import { join } from 'node:path'
import { testDatabase } from '@kaibo/testkit/database'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import {
  createOutbox,
  type DomainEvent,
  type OutboxNeeds,
  once,
  publish,
  type Subscriber,
  subscriber,
} from './outbox.ts'

const { database, connect, url } = await testDatabase()
await sql`create table note (id bigint generated always as identity, text text)`.execute(
  database.db,
)

const paid: DomainEvent<'order.paid', { orderId: string }> = { name: 'order.paid' }

const pay = (...orderIds: readonly string[]) =>
  database.tx(async tx => {
    for (const orderId of orderIds) await publish(tx, paid, { orderId })
  })

/** A consumer that writes the order down. */
const scribe = (consumer = 'scribe', before: (orderId: string) => void = () => {}): Subscriber =>
  subscriber(paid, {
    consumer,
    handle: async (tx, { orderId }) => {
      await sql`insert into note (text) values (${`${consumer} ${orderId}`})`.execute(tx)
      before(orderId)
    },
  })

const outboxOf = (subscribers: Subscriber[], needs: Partial<OutboxNeeds> = {}) =>
  createOutbox({ database, subscribers, backoffMs: 50, attemptsMax: 3, ...needs })

const drainAll = async (outbox: ReturnType<typeof createOutbox>) => {
  for (let round = 0; round < 100; round++) if ((await outbox.drain({ limit: 100 })) === 0) return
}

const notes = async () => {
  const rows = await database.query<{ text: string }>('', 'select text from note order by id', [])
  return rows.map(row => row.text)
}

beforeEach(async () => {
  await sql`truncate outbox_event, outbox_delivery, once_key, note`.execute(database.db)
})

test('each consumer takes every event once, in the order of publication', async () => {
  const outbox = outboxOf([scribe('a'), scribe('b')])
  await pay('1', '2')
  await pay('3')
  expect(await outbox.drain({ limit: 100 })).toBe(3 + 6)
  expect(await outbox.drain({ limit: 100 })).toBe(0)
  const all = await notes()
  expect(all.filter(text => text.startsWith('a'))).toEqual(['a 1', 'a 2', 'a 3'])
  expect(all.filter(text => text.startsWith('b'))).toEqual(['b 1', 'b 2', 'b 3'])
})

test('an event of a transaction that rolled back is never delivered', async () => {
  await database
    .tx(async tx => {
      await publish(tx, paid, { orderId: '1' })
      throw new Error('no')
    })
    .catch(() => {})
  await drainAll(outboxOf([scribe()]))
  expect(await notes()).toEqual([])
})

test('several draining processes neither repeat an event nor change its order', async () => {
  const orderIds = Array.from({ length: 40 }, (_, index) => String(index))
  await pay(...orderIds)
  const drains = [database, connect(), connect()].map(each =>
    drainAll(outboxOf([scribe()], { database: each })),
  )
  await Promise.all(drains)
  await drainAll(outboxOf([scribe()]))
  expect(await notes()).toEqual(orderIds.map(orderId => `scribe ${orderId}`))
})

test('a consumer that fails holds up neither others nor its later events, and its effect is undone', async () => {
  let isBroken = true
  const fussy = scribe('fussy', orderId => {
    if (orderId === '1' && isBroken) throw new Error('cannot digest 1')
  })
  const outbox = outboxOf([fussy, scribe('calm')])
  await pay('1', '2')
  await drainAll(outbox)
  expect((await notes()).toSorted()).toEqual(['calm 1', 'calm 2', 'fussy 2'])

  isBroken = false
  await expect.poll(() => outbox.drain({ limit: 10 })).toBe(1)
  expect((await notes()).at(-1)).toBe('fussy 1')
})

test('a delivery that used up its attempts is parked, visible, and can be retried', async () => {
  let isBroken = true
  const outbox = outboxOf([
    scribe('poisoned', () => {
      if (isBroken) throw new Error('poison')
    }),
  ])
  await pay('1')
  await expect
    .poll(async () => {
      await outbox.drain({ limit: 10 })
      return outbox.parked({ limit: 10 })
    })
    .toMatchObject([{ consumer: 'poisoned', event: 'order.paid', lastError: 'poison' }])
  expect(await outbox.backlog()).toMatchObject({ waitingCount: 0, parkedCount: 1 })

  isBroken = false
  await outbox.drain({ limit: 10 })
  expect(await notes()).toEqual([])
  expect(await outbox.retryParked({ consumer: 'poisoned' })).toBe(1)
  await drainAll(outbox)
  expect(await notes()).toEqual(['poisoned 1'])
})

test('a process killed in the middle of a delivery leaves the event for the next one', async () => {
  await pay('1')
  const child = fork(join(import.meta.dirname, 'fixtures/delivering-process.ts'), [url])
  await emitted(child, 'message')
  child.kill('SIGKILL')
  await emitted(child, 'exit')
  await expect
    .poll(
      async () => {
        await outboxOf([scribe('slow')]).drain({ limit: 10 })
        return notes()
      },
      { timeout: 5_000 },
    )
    .toEqual(['slow 1'])
})

test('a started outbox delivers at once, and stops only after the delivery under way', async () => {
  let isSlow = false
  const begun = Promise.withResolvers<void>()
  const patient = subscriber(paid, {
    consumer: 'patient',
    handle: async (tx, { orderId }) => {
      if (isSlow) {
        begun.resolve()
        await sql`select pg_sleep(0.3)`.execute(tx)
      }
      await sql`insert into note (text) values (${orderId})`.execute(tx)
    },
  })
  const outbox = outboxOf([patient])
  outbox.start()
  await expect.poll(() => outbox.backlog()).toMatchObject({ waitingCount: 0 })
  const startedAt = performance.now()
  await pay('1')
  await expect.poll(notes, { interval: 10 }).toEqual(['1'])
  expect(performance.now() - startedAt).toBeLessThan(900)

  isSlow = true
  await pay('2')
  await begun.promise
  await outbox.stop()
  expect(await notes()).toEqual(['1', '2'])
})

test('old events are purged once every consumer has taken them', async () => {
  const outbox = outboxOf([
    scribe('done'),
    scribe('stuck', orderId => {
      if (orderId === '1') throw new Error('stuck')
    }),
  ])
  await pay('1', '2')
  await drainAll(outbox)
  expect(await outbox.purge({ keepDays: 1 })).toBe(0)
  expect(await outbox.purge({ keepDays: 0 })).toBe(1)
  expect(await outbox.backlog()).toMatchObject({ waitingCount: 1 })
})

test('an effect behind a key happens once, even when two transactions try together', async () => {
  const write = (text: string) => () =>
    database.tx(tx =>
      once(tx, 'greet', async () => {
        await sql`insert into note (text) values (${text})`.execute(tx)
        return text
      }),
    )
  const results = await Promise.all([write('a')(), write('b')(), write('c')()])
  expect(results.filter(result => result !== undefined)).toHaveLength(1)
  expect(await notes()).toHaveLength(1)
})

test('a key is forgotten after ninety days, not sooner', async () => {
  const outbox = outboxOf([])
  const attempt = () => database.tx(tx => once(tx, 'old', async () => 'done'))
  const age = (days: number) =>
    sql`update once_key set created_at = now() - ${days} * interval '1 day'`.execute(database.db)
  await attempt()
  await age(89)
  await outbox.purge({ keepDays: 0 })
  expect(await attempt()).toBeUndefined()
  await age(91)
  await outbox.purge({ keepDays: 0 })
  expect(await attempt()).toBe('done')
})

test('an effect that failed does not use its key up', async () => {
  const attempt = (fail: Error | undefined) =>
    database.tx(tx =>
      once(tx, 'try', async () => {
        if (fail) throw fail
        return 'done'
      }),
    )
  await expect(attempt(new Error('first'))).rejects.toThrow('first')
  expect(await attempt(undefined)).toBe('done')
  expect(await attempt(undefined)).toBeUndefined()
})
