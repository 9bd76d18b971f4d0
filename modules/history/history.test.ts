import type { UserActor } from '@kaibo/contract/core/permissions'
import { historyMax } from '@kaibo/contract/people/history'
import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createHistory } from './index.ts'

const { database } = await testDatabase()
const market = createMarket(database)
const { handlers: history } = createHistory({ database, catalog: market.catalog })
const team = await market.newShop()

const look = (buyer: UserActor, productId: string) => history.record(ctxOf(buyer), { productId })
const seen = async (buyer: UserActor) =>
  (await history.list(ctxOf(buyer), {})).items.map(({ product }) => product.id)

test('looking again moves a product to the front', async () => {
  const buyer = await market.newUser()
  const [tea, cup] = [await market.newProduct(team), await market.newProduct(team)]
  for (const { id } of [tea, cup, tea]) await look(buyer, id)
  expect(await seen(buyer)).toEqual([tea.id, cup.id])
})

test('the hundred and first product pushes out the oldest', async () => {
  const buyer = await market.newUser()
  const oldest = await market.newProduct(team)
  await look(buyer, oldest.id)
  await sql`insert into history_item (user_id, product_id)
    select ${buyer.userId}, gen_random_uuid() from generate_series(1, ${historyMax - 1}::int)`.execute(
    database.db,
  )
  expect(await seen(buyer)).toEqual([oldest.id])
  const newest = await market.newProduct(team)
  await look(buyer, newest.id)
  expect(await seen(buyer)).toEqual([newest.id])
  const { rows } = await sql`select 1 from history_item where user_id = ${buyer.userId}`.execute(
    database.db,
  )
  expect(rows).toHaveLength(historyMax)
})

test('a person clears one or all', async () => {
  const [ann, bo] = [await market.newUser(), await market.newUser()]
  const [tea, cup] = [await market.newProduct(team), await market.newProduct(team)]
  for (const { id } of [tea, cup]) await Promise.all([look(ann, id), look(bo, id)])
  await history.forget(ctxOf(ann), { productId: tea.id })
  expect(await seen(ann)).toEqual([cup.id])
  await history.clear(ctxOf(ann), {})
  expect([await seen(ann), (await seen(bo)).length]).toEqual([[], 2])
})

test('visitors are not followed, and what nobody may see is not remembered', async () => {
  const { id: productId } = await market.newProduct(team)
  const call = history.record(ctxOf(visitor), { productId })
  await expect(call).rejects.toThrow('auth.required')
  const buyer = await market.newUser()
  await look(buyer, newId())
  expect(await seen(buyer)).toEqual([])
})
