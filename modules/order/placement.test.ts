import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { fen, multiplyFen, zeroFen } from '@kaibo/kernel/money'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { placeAll } from './placement.ts'
import type { Draft } from './store.ts'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const team = await market.newShop()
const buyer = await market.newBuyer()

const newSku = async (stock: number) =>
  must((await market.newProduct(team, { skus: [{ stock }] })).skus[0], 'a SKU')
const draftOf = (skuId: Id, quantity: number, id = newId()): Draft => {
  const unitPriceFen = fen(6_800)
  const payableFen = multiplyFen(unitPriceFen, quantity)
  const line = {
    id: newId(),
    productId: newId(),
    skuId,
    title: '茶',
    spec: {},
    pictureUrl: null,
    parts: [],
    isGift: false,
    bundleId: null,
    isVirtual: false,
    mayReturn: true,
    poolId: null,
    limitIds: [],
    versionId: null,
    takeRateBps: 0,
  }
  return {
    id,
    requestHash: 'hash',
    buyerId: buyer.actor.userId,
    shopId: team.shopId,
    lines: [{ ...line, listPriceFen: unitPriceFen, unitPriceFen, quantity, payableFen }],
    checkoutId: id,
    itemsFen: payableFen,
    discountFen: zeroFen,
    shippingFen: zeroFen,
    payableFen,
    receiverSealed: market.personal.sealPersonal('王小明'),
    note: '',
    source: { kind: 'shop', id: null },
    payWindowSec: 900,
  }
}
const place = (drafts: readonly Draft[], on = database) =>
  on.tx(tx => placeAll({ stock: market.stock }, tx, drafts))

test('many orders placed in one transaction each get an outcome of their own', async () => {
  const sku = await newSku(5)
  const known = draftOf(sku.id, 1)
  await place([known])
  const [fits, tooMany, fitsToo, late] = [3, 2, 1, 1].map(quantity => draftOf(sku.id, quantity))
  const drafts = [fits, tooMany, fitsToo, late].map(draft => must(draft, 'a draft'))
  const outcomes = await place([...drafts, draftOf(sku.id, 1, known.id)])

  const soldOut = { is: 'sold_out', skuIds: [sku.id] }
  const placed = { is: 'placed' }
  expect(drafts.map(draft => outcomes.get(draft.id))).toEqual([placed, soldOut, placed, soldOut])
  expect(outcomes.get(known.id)).toEqual({ is: 'taken' })

  const { items } = await market.order.handlers.list(ctxOf(buyer.actor), { limit: 100 })
  const ids = items.map(item => item.id)
  expect(ids.toSorted()).toEqual([known.id, fits?.id, fitsToo?.id].toSorted())
  const { rows } = await sql<{ orderId: string }>`
    select placed ->> 'orderId' as "orderId"
    from outbox_event, jsonb_array_elements(payload -> 'orders') placed
    where name = 'orders.placed'`.execute(database.db)
  expect(rows.map(row => row.orderId).toSorted()).toEqual(ids.toSorted())
  const level = (await market.stock.levelsBySku(database.db, [sku.id])).get(sku.id)
  expect(level).toMatchObject({ onHand: 5, reserved: 5 })
})

test('groups of several processes that share ids and goods agree on every order', async () => {
  const skus = [await newSku(30), await newSku(30)]
  const drafts = Array.from({ length: 40 }, (_, index) =>
    draftOf(must(skus[index % 2], 'a SKU').id, 2),
  )
  const groups = [drafts, drafts.toReversed(), drafts.slice(10)]
  const answers = await Promise.all(groups.map(group => place(group, connect())))
  const placedCount = drafts.filter(draft =>
    answers.some(outcomes => outcomes.get(draft.id)?.is === 'placed'),
  ).length
  expect(placedCount).toBe(30)
  for (const draft of drafts) {
    const wins = answers.filter(outcomes => outcomes.get(draft.id)?.is === 'placed')
    expect(wins.length).toBeLessThanOrEqual(1)
  }
  expect(await market.stock.check(database.db)).toMatchObject({ ok: true })
})
