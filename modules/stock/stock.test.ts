import type { Actor } from '@kaibo/contract/permissions'
import type { Tx } from '@kaibo/db/database'
import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createStock } from './index.ts'

const { database, connect } = await testDatabase()
const stock = createStock({ database })
const shopId = newId()

test('smoke', async () => {
  const skuId = newId()
  await database.tx(tx =>
    stock.open(tx, [{ skuId, productId: newId(), shopId, onHand: 3, actorId: null }]),
  )
  const orderId = newId()
  const other = newId()
  expect(
    await database.tx(tx =>
      stock.hold(tx, [
        { orderId, lines: [{ skuId, quantity: 2 }] },
        { orderId: other, lines: [{ skuId, quantity: 2 }] },
      ]),
    ),
  ).toEqual([{ orderId: other, skuIds: [skuId] }])
  expect(
    await database.tx(tx => stock.hold(tx, [{ orderId, lines: [{ skuId, quantity: 2 }] }])),
  ).toEqual([])
  await database.tx(tx => stock.ship(tx, [orderId]))
  await database.tx(tx => stock.release(tx, [orderId]))
  expect((await stock.levelsBySku(database.db, [skuId])).get(skuId)).toEqual({
    skuId,
    onHand: 1,
    reserved: 0,
    available: 1,
  })
  expect(await stock.check(database.db)).toMatchObject({ ok: true })
})
