import { InvariantError } from '@kaibo/kernel/invariant'
import { testDatabase } from '@kaibo/testkit/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { notifyAfterCommit } from './database.ts'
import { sqlState } from './log.ts'

const { database, connect } = await testDatabase()
await sql`create table purse (id int primary key, fen bigint not null)`.execute(database.db)

const fill = async (fen: readonly number[]) => {
  await sql`truncate purse`.execute(database.db)
  for (const [id, value] of fen.entries()) {
    await sql`insert into purse values (${id}, ${value})`.execute(database.db)
  }
}
const purses = async () => {
  const rows = await database.query<{ fen: number }>(
    'purses',
    'select fen from purse order by id',
    [],
  )
  return rows.map(row => row.fen)
}

test('amounts arrive as safe integers, and a bigint beyond 2^53 is refused', async () => {
  const read = (fen: string) =>
    database.query('amount', 'select $1::bigint as fen, array[$1::bigint] as fens', [fen])
  expect(await read('-9007199254740991')).toEqual([
    { fen: -9_007_199_254_740_991, fens: [-9_007_199_254_740_991] },
  ])
  await expect(read('9007199254740993')).rejects.toThrow(InvariantError)
})

test('numeric and calendar dates stay text, instants are dates', async () => {
  const [row] = await database.query(
    'types',
    `select 0.10::numeric as rate, date '2026-01-31' as day, '2026-01-31T00:00:00+08'::timestamptz as at`,
    [],
  )
  expect(row).toEqual({ rate: '0.10', day: '2026-01-31', at: new Date('2026-01-30T16:00:00Z') })
})

test('an error rolls the whole transaction back', async () => {
  await fill([100])
  await expect(
    database.tx(async tx => {
      await sql`update purse set fen = 0`.execute(tx)
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await purses()).toEqual([100])
})

test('transactions that cannot be serialized are tried again until both are done', async () => {
  await fill([100, 100])
  let attemptCount = 0
  let bothHaveRead = () => {}
  const meeting = new Promise<void>(resolve => {
    bothHaveRead = resolve
  })
  // Write skew: each moves the sum of both purses into its own one.
  const move = (id: number) =>
    database.tx(async tx => {
      await sql`set transaction isolation level serializable`.execute(tx)
      const { rows } = await sql<{
        sum: number
      }>`select sum(fen)::bigint as sum from purse`.execute(tx)
      attemptCount++
      if (attemptCount === 2) bothHaveRead()
      await meeting
      await sql`update purse set fen = ${rows[0]?.sum} where id = ${id}`.execute(tx)
    })
  await Promise.all([move(0), move(1)])
  expect(attemptCount).toBe(3)
  expect((await purses()).toSorted()).toEqual([200, 300])
})

test('a deadlock is tried again, a broken rule is not', async () => {
  await fill([0, 0])
  let attemptCount = 0
  const touch = (first: number, second: number) =>
    database.tx(async tx => {
      attemptCount++
      await sql`update purse set fen = fen + 1 where id = ${first}`.execute(tx)
      await sql`select pg_sleep(0.2)`.execute(tx)
      await sql`update purse set fen = fen + 1 where id = ${second}`.execute(tx)
    })
  await Promise.all([touch(0, 1), touch(1, 0)])
  expect(await purses()).toEqual([2, 2])
  expect(attemptCount).toBeGreaterThan(2)

  attemptCount = 0
  const twice = database.tx(async tx => {
    attemptCount++
    await sql`insert into purse values (0, 0)`.execute(tx)
  })
  await expect(twice).rejects.toMatchObject({ code: '23505' })
  expect(attemptCount).toBe(1)
})

test('a transaction inside a transaction is refused at once', async () => {
  await expect(database.tx(() => database.tx(async () => 1))).rejects.toThrow('do not nest')
  expect(await Promise.all([database.tx(async () => 1), database.tx(async () => 2)])).toEqual([
    1, 2,
  ])
})

test('a statement that runs too long is cancelled and the connection stays usable', async () => {
  const hasty = connect({ statementTimeoutMs: 100, poolMax: 1 })
  await expect(hasty.query('', 'select pg_sleep(5)', [])).rejects.toMatchObject({ code: '57014' })
  await hasty.ping()
})

test('waiting for a lock ends after the lock timeout', async () => {
  await fill([1])
  const impatient = connect({ lockTimeoutMs: 100 })
  await database.tx(async tx => {
    await sql`select from purse for update`.execute(tx)
    const state = await impatient
      .query('', 'update purse set fen = 2', [])
      .then(() => 'done', sqlState)
    expect(state).toBe('55P03')
  })
})

test('connections killed by the server are replaced without a crash', async () => {
  const victim = connect({ poolMax: 2, name: 'victim' })
  const kill = () =>
    database.query(
      '',
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim'`,
      [],
    )
  await victim.ping()
  await kill()
  await expect.poll(() => victim.ping().then(() => 'alive', sqlState)).toBe('alive')

  const sleeping = victim.tx(async tx => {
    await kill()
    await sql`select 1`.execute(tx)
  })
  await expect(sleeping).rejects.toThrow()
  await expect.poll(() => victim.ping().then(() => 'alive', sqlState)).toBe('alive')
})

test('listeners hear of a commit, not of a rollback, and again after their connection broke', async () => {
  let heardCount = 0
  const other = connect({ name: 'listener' })
  const listening = other.listen('bell', () => {
    heardCount++
  })
  await expect.poll(() => heardCount).toBe(1)

  const ring = () => database.tx(async tx => notifyAfterCommit(tx, 'bell'))
  await ring()
  await expect.poll(() => heardCount).toBe(2)

  await database
    .tx(async tx => {
      notifyAfterCommit(tx, 'bell')
      throw new Error('no')
    })
    .catch(() => {})
  await database.query(
    '',
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listener'`,
    [],
  )
  await expect.poll(() => heardCount).toBe(3)
  await ring()
  await expect.poll(() => heardCount).toBe(4)
  await listening.close()
})
