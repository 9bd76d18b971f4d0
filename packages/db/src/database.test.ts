import { testDatabase } from '@kaibo/testkit/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

const { database, connect } = await testDatabase()

await sql`create table counter (id int primary key, value bigint not null)`.execute(database.db)

test('amounts arrive as numbers and a bigint beyond 2^53 is refused', async () => {
  const rows = await database.query('amount', 'select $1::bigint as fen', [9_007_199_254_740_991])
  expect(rows).toEqual([{ fen: 9_007_199_254_740_991 }])
  await expect(database.query('big', 'select 9007199254740993::bigint as fen', [])).rejects.toThrow(
    'beyond 2^53',
  )
})
