import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { createMarket, orderRequest } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'

const { database } = await testDatabase()
const market = createMarket(database)

test('the path of an order', async () => {
  const team = await market.newShop()
  const product = await market.newProduct(team)
  const sku = must(product.skus[0], 'sku')
  const buyer = await market.newBuyer()
  const ctx = ctxOf(buyer.actor)
  const request = orderRequest(buyer, [{ sku, quantity: 2 }])
  const preview = await market.order.handlers.preview(ctx, { lines: request.lines })
  const placed = await market.order.handlers.place(ctx, request)
  expect(placed.lines).toMatchObject(preview.lines)
  expect(await market.order.handlers.place(ctx, request)).toEqual(placed)
  expect(
    await database.tx(tx => market.order.markPaid(tx, { orderId: placed.id, paidAt: new Date() })),
  ).toBe('paid')
  expect(
    await database.tx(tx => market.order.markPaid(tx, { orderId: placed.id, paidAt: new Date() })),
  ).toBe('already_paid')
  const clerk = ctxOf(team.clerk)
  const parcel = await market.ship.handlers.ship(clerk, {
    shopId: team.shopId,
    id: placed.id,
    parcelId: newId(),
    carrier: 'sf',
    number: 'SF1234567890123',
  })
  const done = await market.order.handlers.confirm(ctx, { id: placed.id })
  expect(done).toMatchObject({ state: 'completed', parcels: [parcel] })
  console.log(
    await market.stock.handlers.movements(clerk, { shopId: team.shopId, skuId: sku.id, limit: 20 }),
  )
  expect(await market.stock.check(database.db)).toMatchObject({ ok: true })
  expect(await market.order.check(database.db)).toMatchObject({ ok: true })
})
