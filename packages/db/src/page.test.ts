import { encodeCursor } from '@kaibo/kernel/page'
import { testDatabase } from '@kaibo/testkit/database'
import fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { pageBy } from './page.ts'

const { database } = await testDatabase()
await sql`create table show (
  id int primary key, score bigint not null, started_at timestamptz not null, title text not null
)`.execute(database.db)

type ShowTable = { id: number; score: number; started_at: string; title: string }
// The generated tables know nothing of a test's own one.
const db = database.db as unknown as Kysely<{ show: ShowTable }>
const shows = () => db.selectFrom('show').select(['id', 'title'])

type Show = { score: number; micros: number }
const start = '2026-01-01T00:00:00.'
const add = async (list: readonly Show[], firstId = 1) => {
  const rows = list.map(({ score, micros }, index) => ({
    id: firstId + index,
    score,
    // Microseconds, which a JavaScript date would lose.
    started_at: `${start}${String(micros).padStart(6, '0')}Z`,
    title: `show ${firstId + index}`,
  }))
  if (rows.length > 0) await db.insertInto('show').values(rows).execute()
}

const direction = fc.constantFrom('asc', 'desc')
const show = fc.record({
  score: fc.integer({ min: -2, max: 2 }),
  micros: fc.constantFrom(0, 1, 2, 999_999),
})

test('pages put together are the sorted list, whatever is added meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(show, { maxLength: 30 }),
      fc.array(show, { maxLength: 5 }),
      fc.integer({ min: 1, max: 7 }),
      fc.tuple(direction, direction, direction),
      async (early, late, limit, [byScore, byStart, byId]) => {
        await sql`truncate show`.execute(db)
        await add(early)
        const key = [
          ['score', byScore],
          ['started_at', byStart],
          ['id', byId],
        ] as const
        const seen: number[] = []
        let page = await pageBy(shows(), key, { limit })
        await add(late, 1_000)
        for (;;) {
          seen.push(...page.items.map(item => item.id))
          expect(page.items.length).toBeLessThanOrEqual(limit)
          if (page.next === null) break
          page = await pageBy(shows(), key, { limit, cursor: page.next })
        }
        const sorted = await db
          .selectFrom('show')
          .select('id')
          .orderBy('score', byScore)
          .orderBy('started_at', byStart)
          .orderBy('id', byId)
          .execute()
        const seenIds = new Set(seen)
        expect(seenIds.size).toBe(seen.length)
        expect(seen).toEqual(sorted.map(row => row.id).filter(id => seenIds.has(id)))
        expect(early.every((_, index) => seenIds.has(index + 1))).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

test('a page holds what was selected, nothing of the key, and at most a hundred rows', async () => {
  await sql`truncate show`.execute(db)
  await add(Array.from({ length: 120 }, () => ({ score: 0, micros: 0 })))
  const page = await pageBy(shows(), [['id', 'asc']], { limit: 1_000 })
  expect(page.items).toHaveLength(100)
  expect(page.items[0]).toEqual({ id: 1, title: 'show 1' })
  const rest = await pageBy(shows(), [['id', 'asc']], { limit: 100, cursor: page.next ?? '' })
  expect(rest.items).toHaveLength(20)
  expect(rest.next).toBeNull()
})

test('the filters of the query hold on every page', async () => {
  const odd = shows().where(sql<boolean>`id % 2 = 1`)
  const first = await pageBy(odd, [['id', 'desc']], { limit: 2 })
  const second = await pageBy(odd, [['id', 'desc']], { limit: 2, cursor: first.next ?? '' })
  expect([...first.items, ...second.items].map(item => item.id)).toEqual([119, 117, 115, 113])
})

test('a cursor of another list or of nobody is refused with a code', async () => {
  const key = [
    ['started_at', 'desc'],
    ['id', 'desc'],
  ] as const
  const cursors = [
    encodeCursor([1]),
    encodeCursor(['yesterday-ish', 1]),
    encodeCursor(['2026-02-31T00:00:00Z', 1]),
    encodeCursor([start, 'x']),
    encodeCursor(['2026-01-01', 10 ** 12]),
    encodeCursor([`2026-01-01'; drop table show; --`, 1]),
    'rubbish',
  ]
  for (const cursor of cursors) {
    const page = pageBy(shows(), key, { limit: 10, cursor })
    await expect(page, cursor).rejects.toMatchObject({ code: 'request.bad_cursor' })
  }
  const empty = await pageBy(shows(), key, { limit: 10, cursor: encodeCursor([null, null]) })
  expect(empty).toEqual({ items: [], next: null })
})
