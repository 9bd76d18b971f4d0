import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { createSchedules } from './index.ts'

const { database } = await testDatabase()
const { db } = database
let moved: string[] = []
let problem: string | null = null
const schedule = createSchedules({
  database,
  move: async (_tx, { state }) => {
    moved.push(state)
    return problem
  },
})
beforeEach(() => {
  moved = []
  problem = null
})
const at = (sec: number) => new Date(Date.now() + sec * 1_000).toISOString()
const set = (productId: string, shelveAt: string | null, unshelveAt: string | null) =>
  database.tx(tx => schedule.set(tx, { productId, shelveAt, unshelveAt }))
/** Not now() itself: the column rounds to milliseconds, half of the time into the future. */
const pass = (productId: string, column: 'shelve_at' | 'unshelve_at') =>
  sql`update schedule_time set ${sql.ref(column)} = now() - interval '1 s' where product_id = ${productId}`.execute(
    db,
  )

test('times that are past, or that end before they begin, are refused', async () => {
  const id = newId()
  for (const [from, until] of [
    [at(-60), null],
    [null, at(-60)],
    [at(60), at(30)],
  ] as const) {
    await expect(set(id, from, until)).rejects.toMatchObject({ code: 'product.schedule_past' })
  }
  const none = { shelveAt: null, unshelveAt: null, scheduleProblem: null }
  expect(await schedule.timesOf(db, id)).toEqual(none)
  await set(id, at(60), at(90))
  await set(id, null, null)
  expect(await schedule.timesOf(db, id)).toEqual(none)
})

test('each time moves the product once, however many workers there are', async () => {
  const id = newId()
  const [from, until] = [at(3_600), at(7_200)]
  await set(id, from, until)
  expect(await schedule.moveDue()).toBe(0)
  await pass(id, 'shelve_at')
  const counts = await Promise.all([schedule.moveDue(), schedule.moveDue()])
  expect(counts.toSorted()).toEqual([0, 1])
  expect(await schedule.timesOf(db, id)).toMatchObject({ shelveAt: null, unshelveAt: until })
  await pass(id, 'unshelve_at')
  await schedule.moveDue()
  expect(moved).toEqual(['on_shelf', 'off_shelf'])
})

test('what stands in the way is kept until new times are set, and is not tried again', async () => {
  const id = newId()
  await set(id, at(60), null)
  await pass(id, 'shelve_at')
  problem = 'product.not_approved'
  expect([await schedule.moveDue(), await schedule.moveDue()]).toEqual([1, 0])
  expect(await schedule.timesOf(db, id)).toMatchObject({ scheduleProblem: problem })
  await set(id, at(60), null)
  expect(await schedule.timesOf(db, id)).toMatchObject({ scheduleProblem: null })
})
