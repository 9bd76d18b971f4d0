import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@kaibo/kernel/fail'
import { testDatabase } from '@kaibo/testkit/database'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { idempotent, purgeIdempotency, type RequestKey } from './idempotency.ts'

const { database, connect } = await testDatabase()

const request: RequestKey = {
  key: 'k1',
  actorId: 'ann',
  operation: 'order.place',
  requestHash: 'two cups',
}
let runCount = 0
const place =
  (ms = 0) =>
  async () => {
    runCount++
    const number = runCount
    await delay(ms)
    return { status: 201, reply: { number } }
  }

/** A place that tells when it runs, and ends when it is let. */
const placeHeld = () => {
  const [began, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const run = async () => {
    const number = ++runCount
    began.resolve()
    await mayEnd.promise
    return { status: 201, reply: { number } }
  }
  return { run, began: began.promise, letEnd: () => mayEnd.resolve() }
}

beforeEach(async () => {
  runCount = 0
  await sql`truncate idempotency_key`.execute(database.db)
})

test('a repeated request gets the first reply and nothing runs again', async () => {
  const first = await idempotent(database, request, place())
  expect(await idempotent(database, request, place())).toEqual(first)
  expect(first).toEqual({ status: 201, reply: { number: 1 } })
  expect(runCount).toBe(1)
})

test('keys of other people and other operations are other keys', async () => {
  await idempotent(database, request, place())
  await idempotent(database, { ...request, actorId: 'bob' }, place())
  await idempotent(database, { ...request, operation: 'refund.ask' }, place())
  expect(runCount).toBe(3)
})

test('a key that comes with another request is refused, also while the first one runs', async () => {
  const other = { ...request, requestHash: 'three cups' }
  const held = placeHeld()
  const running = idempotent(database, request, held.run)
  await held.began
  const mismatch = { code: 'request.idempotency_mismatch' }
  await expect(idempotent(database, other, place())).rejects.toMatchObject(mismatch)
  held.letEnd()
  await running
  await expect(idempotent(database, other, place())).rejects.toMatchObject(mismatch)
  expect(runCount).toBe(1)
})

test('of many requests at once on several connections one runs and all get its reply', async () => {
  const pools = [database, connect(), connect()]
  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      idempotent(pools[index % 3] ?? database, request, place(100)),
    ),
  )
  expect(runCount).toBe(1)
  expect(new Set(replies.map(reply => reply.reply.number))).toEqual(new Set([1]))
})

test('a repeat that waited long enough is told that the first one is still running', async () => {
  const held = placeHeld()
  const running = idempotent(database, request, held.run)
  await held.began
  await expect(idempotent(database, { ...request, waitMs: 100 }, place())).rejects.toMatchObject({
    code: 'request.in_progress',
  })
  held.letEnd()
  await running
})

test('a request that failed may be tried again under its key', async () => {
  const fails = idempotent(database, request, async () => {
    throw new AppError('stock.sold_out')
  })
  await expect(fails).rejects.toMatchObject({ code: 'stock.sold_out' })
  expect(await idempotent(database, request, place())).toMatchObject({ status: 201 })
})

test('a request of a killed process is run again after its time, by one of many repeats', async () => {
  await sql`insert into idempotency_key
    (actor_id, operation, key, request_hash, state, owner, started_at, expires_at)
    values ('ann', 'order.place', 'k1', 'two cups', 'running', gen_random_uuid(),
            now() - interval '50 s', now() + interval '1 h')`.execute(database.db)
  const early = idempotent(database, { ...request, waitMs: 60 }, place())
  await expect(early).rejects.toMatchObject({ code: 'request.in_progress' })

  const repeats = Array.from({ length: 5 }, () =>
    idempotent(database, { ...request, takeOverMs: 50_000 }, place(50)),
  )
  await Promise.all(repeats)
  expect(runCount).toBe(1)
})

test('a process that was wrongly declared dead cannot overwrite the stored reply', async () => {
  const held = placeHeld()
  const slow = idempotent(database, request, held.run)
  await held.began
  await delay(60)
  const quick = await idempotent(database, { ...request, takeOverMs: 50 }, place())
  expect(quick.reply.number).toBe(2)
  held.letEnd()
  expect((await slow).reply.number).toBe(1)
  expect((await idempotent(database, request, place())).reply.number).toBe(2)
})

test('an expired reply is forgotten', async () => {
  await idempotent(database, request, place())
  await idempotent(database, { ...request, key: 'k2' }, place())
  await sql`update idempotency_key set expires_at = now() - interval '1 s'`.execute(database.db)
  expect((await idempotent(database, request, place())).reply.number).toBe(3)
  expect(await purgeIdempotency(database)).toBe(1)
})
