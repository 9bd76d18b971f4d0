import type { NewTakeRate } from '@kaibo/contract/offer/takerate'
import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { createPeople, ctxOf, operatorActor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTakeRate } from './index.ts'

const { database } = await testDatabase()
const people = createPeople(database)
const takerate = createTakeRate({ database, shop: people.shop })
const operator = ctxOf(operatorActor())
const { shopId, owner } = await people.newShop()

const add = (rule: Partial<NewTakeRate>) =>
  takerate.handlers.add(operator, {
    id: newId(),
    shopId: null,
    categoryId: null,
    rateBps: 100,
    effectiveFrom: null,
    note: '',
    ...rule,
  })
const rateOf = async (ask: { shopId: string; categoryIds: string[] }) =>
  (await takerate.ratesFor(database.db, [ask]))[0]
const soon = () => new Date(Date.now() + 3_600_000).toISOString()
/** As if its moment had come. */
const letBegin = (id: string) =>
  sql`update takerate_rule set effective_from = now() - interval '1 second' where id = ${id}`.execute(
    database.db,
  )

test('shop and category win over shop, shop over category, category over the rest', async () => {
  const [root, leaf, other] = [newId(), newId(), newId()]
  const asks = [
    { shopId, categoryIds: [root, leaf] },
    { shopId: newId(), categoryIds: [root, leaf] },
    { shopId: newId(), categoryIds: [other] },
  ]
  const rates = () => takerate.ratesFor(database.db, asks)
  expect(await rates()).toEqual([0, 0, 0])
  await add({ rateBps: 500 })
  expect(await rates()).toEqual([500, 500, 500])
  await add({ categoryId: root, rateBps: 300 })
  expect(await rates()).toEqual([300, 300, 500])
  await add({ categoryId: leaf, rateBps: 200 })
  expect(await rates()).toEqual([200, 200, 500])
  await add({ shopId, rateBps: 90 })
  expect(await rates()).toEqual([90, 200, 500])
  await add({ shopId, categoryId: root, rateBps: 0 })
  expect(await rates()).toEqual([0, 200, 500])
  await add({ shopId, categoryId: root, rateBps: null })
  expect(await rates()).toEqual([90, 200, 500])
})

test('a rate counts from its moment on, and the one before it stays in the history', async () => {
  const team = await people.newShop('历史')
  const ask = { shopId: team.shopId, categoryIds: [] }
  const first = await add({ shopId: team.shopId, rateBps: 600 })
  const next = await add({ shopId: team.shopId, rateBps: 700, effectiveFrom: soon() })
  expect([first.state, next.state]).toEqual(['current', 'planned'])
  expect(await rateOf(ask)).toBe(600)
  await letBegin(first.id)
  await sql`update takerate_rule set effective_from = now() - interval '1 ms' where id = ${next.id}`.execute(
    database.db,
  )
  expect(await rateOf(ask)).toBe(700)
  const query = { shopId: team.shopId, limit: 10 }
  const { items } = await takerate.handlers.list(operator, query)
  expect(items.map(rule => [rule.rateBps, rule.state, rule.shop?.name])).toEqual([
    [700, 'current', '历史'],
    [600, 'past', '历史'],
  ])
  const past = await takerate.handlers.list(operator, { ...query, state: 'past' })
  expect(past.items).toHaveLength(1)
})

test('only a rule that has not begun can be taken back', async () => {
  const categoryId = newId()
  const planned = await add({ categoryId, effectiveFrom: soon() })
  const current = await add({ categoryId })
  await takerate.handlers.withdraw(operator, { id: planned.id })
  await expect(takerate.handlers.withdraw(operator, { id: current.id })).rejects.toMatchObject({
    code: 'takerate.in_effect',
  })
  await expect(takerate.handlers.withdraw(operator, { id: newId() })).rejects.toMatchObject({
    code: 'request.not_found',
  })
})

test('a rule is added once per id, not in the past, and not twice for one moment', async () => {
  const categoryId = newId()
  const id = newId()
  const moment = soon()
  const rule = { id, categoryId, effectiveFrom: moment }
  const both = await Promise.all([add(rule), add(rule)])
  expect(both[0]).toEqual(both[1])
  await expect(add({ categoryId, effectiveFrom: moment })).rejects.toMatchObject({
    code: 'takerate.instant_taken',
  })
  await expect(add({ effectiveFrom: '2020-01-01T00:00:00.000Z' })).rejects.toMatchObject({
    code: 'takerate.in_the_past',
  })
  await expect(add({ effectiveFrom: '+275000-13-01' })).rejects.toMatchObject({
    code: 'request.invalid',
  })
  await expect(add({ shopId: newId() })).rejects.toMatchObject({ code: 'request.not_found' })
})

test('nobody but the platform sees or sets rates', async () => {
  await expect(takerate.handlers.list(ctxOf(owner), { limit: 1 })).rejects.toMatchObject({
    code: 'auth.forbidden',
  })
})
