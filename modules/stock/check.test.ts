import type { OrderState } from '@kaibo/contract/trade/order'
import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { shopTeam } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createStock } from './index.ts'

const { database } = await testDatabase()
const orders = new Map<string, { number: string; state: OrderState }>()
const stock = createStock({ database, ordersOf: async () => orders })
const { shopId } = shopTeam()

async function newSku(onHand: number) {
  const skuId = newId()
  const row = { skuId, productId: newId(), shopId, onHand, actorId: null }
  await database.tx(tx => stock.open(tx, [row]))
  return skuId
}
async function newHold(skuId: string, quantity: number, state: OrderState) {
  const orderId = newId()
  orders.set(orderId, { number: `26112${orders.size}`, state })
  await database.tx(tx => stock.hold(tx, [{ orderId, lines: [{ skuId, quantity }] }]))
  return orderId
}
const findings = async (skuId: string) =>
  (await stock.check(database.db)).findings.filter(each => each.subject === `sku ${skuId}`)
const levelOf = async (skuId: string) => (await stock.levelsBySku(database.db, [skuId])).get(skuId)

test('a level that was changed past the log is explained, and set to its movements when asked', async () => {
  const skuId = await newSku(10)
  await newHold(skuId, 2, 'paid')
  await sql`update stock_level set on_hand = on_hand + 5 where sku_id = ${skuId}`.execute(
    database.db,
  )
  const [finding] = await findings(skuId)
  expect(finding).toMatchObject({
    expected: 'on hand 10, reserved 2 by movements; 2 held by orders',
    found: 'on hand 15, reserved 2',
    repair: 'set the level to its movements: on hand 10, reserved 2',
  })
  expect(finding?.why).toMatch(/changed without a movement after movement #\d+ \(hold by .*\+5/)
  expect(await levelOf(skuId)).toMatchObject({ onHand: 15 })
  expect(await stock.repair()).toHaveLength(1)
  expect(await levelOf(skuId)).toMatchObject({ onHand: 10, reserved: 2 })
  expect(await findings(skuId)).toEqual([])
})

test('an order that is over and still holds goods is named, and its missing movement proposed', async () => {
  const skuId = await newSku(10)
  const [closed, shipped] = [await newHold(skuId, 3, 'closed'), await newHold(skuId, 2, 'shipped')]
  const unknown = await newHold(skuId, 1, 'paid')
  orders.delete(unknown)
  await newHold(skuId, 1, 'pending')
  const found = await findings(skuId)
  expect(found.map(each => each.repair)).toEqual([
    `write the movement: release 3 for ${closed}`,
    `write the movement: ship 2 for ${shipped}`,
    `write the movement: release 1 for ${unknown}`,
  ])
  expect(found[0]?.expected).toMatch(/order 26112\d+ is closed/)
  await stock.repair()
  expect(await levelOf(skuId)).toMatchObject({ onHand: 8, reserved: 1 })
  expect(await findings(skuId)).toEqual([])
})

test('a movement that is gone is told by what the next one began with', async () => {
  const skuId = await newSku(10)
  await newHold(skuId, 1, 'paid')
  const lost = await newHold(skuId, 4, 'paid')
  await newHold(skuId, 2, 'paid')
  await sql`delete from stock_movement where cause_id = ${lost}`.execute(database.db)
  const [finding] = await findings(skuId)
  expect(finding?.why).toMatch(/the log breaks between #\d+ and #\d+ .*reserved \+4 is missing/)
})
