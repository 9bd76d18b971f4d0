import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, shopTeam } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type Allotment, createStock } from './index.ts'

const { database } = await testDatabase()
const stock = createStock({ database })
const team = shopTeam()
const { shopId } = team

async function newSku(onHand: number) {
  const skuId = newId()
  const row = { skuId, productId: newId(), shopId, onHand, actorId: team.owner.userId }
  await database.tx(tx => stock.open(tx, [row]))
  return skuId
}
const levelOf = async (skuId: string) => {
  const level = (await stock.levelsBySku(database.db, [skuId])).get(skuId)
  return must(level, 'a level')
}
const hold = (orderId: string, skuId: string, quantity: number) =>
  database.tx(tx => stock.hold(tx, [{ orderId, lines: [{ skuId, quantity }] }]))
const holdIn = (poolId: string, orderId: string, skuId: string, quantity: number) =>
  database.tx(tx => stock.hold(tx, [{ orderId, lines: [{ skuId, poolId, quantity }] }]))
const allot = (...allotments: Allotment[]) => database.tx(tx => stock.allot(tx, allotments))
const release = (...orderIds: string[]) => database.tx(tx => stock.release(tx, orderIds))
const ship = (...orderIds: string[]) => database.tx(tx => stock.ship(tx, orderIds))
const adjust = (skuId: string, delta: number, id = newId()) =>
  stock.handlers.adjust(ctxOf(team.clerk), { shopId, skuId, id, delta, note: '盘点' })
const logOf = async (skuId: string) => {
  const query = { shopId, skuId, limit: 100 }
  return (await stock.handlers.movements(ctxOf(team.clerk), query)).items
}
const toldOf = async (skuId: string) => {
  const { rows } = await sql<{ available: number }>`
    select (level ->> 'available')::int as available
    from outbox_event, jsonb_array_elements(payload -> 'levels') level
    where name = 'stock.changed' and level ->> 'skuId' = ${skuId} order by seq`.execute(database.db)
  return rows.map(row => row.available)
}

test('an order reserves, and its parcel takes what was reserved off the shelf', async () => {
  const skuId = await newSku(5)
  const orderId = newId()
  await hold(orderId, skuId, 2)
  expect(await levelOf(skuId)).toMatchObject({ onHand: 5, reserved: 2, available: 3 })
  await ship(orderId)
  expect(await levelOf(skuId)).toMatchObject({ onHand: 3, reserved: 0, available: 3 })
})

test('holding twice for one order holds once', async () => {
  const skuId = await newSku(3)
  const orderId = newId()
  expect(await hold(orderId, skuId, 2)).toEqual([])
  expect(await hold(orderId, skuId, 2)).toEqual([])
  expect(await levelOf(skuId)).toMatchObject({ reserved: 2 })
})

test('a hold ends once: what was given back cannot leave, and what left cannot be given back', async () => {
  const skuId = await newSku(10)
  const [released, shipped] = [newId(), newId()]
  await hold(released, skuId, 3)
  await hold(shipped, skuId, 4)
  await Promise.all([release(released), release(released), ship(shipped), ship(shipped)])
  await ship(released)
  await release(shipped)
  expect(await levelOf(skuId)).toMatchObject({ onHand: 6, reserved: 0, available: 6 })
  expect((await logOf(skuId)).map(movement => movement.reason).toSorted()).toEqual([
    'hold',
    'hold',
    'initial',
    'release',
    'ship',
  ])
})

test('an order whose goods are partly sold out holds nothing and is told which', async () => {
  const [plenty, few] = [await newSku(9), await newSku(1)]
  const lines = [
    { skuId: plenty, quantity: 2 },
    { skuId: few, quantity: 2 },
  ]
  const orderId = newId()
  const soldOut = await database.tx(tx => stock.hold(tx, [{ orderId, lines }]))
  expect(soldOut).toEqual([{ orderId, skuIds: [few] }])
  expect(await levelOf(plenty)).toMatchObject({ reserved: 0 })
})

test('of many orders held at once, the first ones get what there is', async () => {
  const skuId = await newSku(3)
  const holds = Array.from({ length: 5 }, () => ({
    orderId: newId(),
    lines: [{ skuId, quantity: 1 }],
  }))
  const soldOut = await database.tx(tx => stock.hold(tx, holds))
  expect(soldOut.map(each => each.orderId)).toEqual(holds.slice(3).map(each => each.orderId))
  expect((await logOf(skuId)).map(movement => movement.reservedAfter)).toEqual([3, 2, 1, 0])
  expect(await toldOf(skuId)).toEqual([3, 0])
})

test('an adjustment is made once per id and recorded with who and why', async () => {
  const skuId = await newSku(5)
  const id = newId()
  expect(await adjust(skuId, 7, id)).toMatchObject({ onHand: 12 })
  expect(await adjust(skuId, 7, id)).toMatchObject({ onHand: 12 })
  expect((await logOf(skuId))[0]).toMatchObject({
    reason: 'adjust',
    onHandDelta: 7,
    onHandAfter: 12,
    actorId: team.clerk.userId,
    note: '盘点',
    orderId: null,
  })
})

test('stock cannot be taken away from under the orders that hold it', async () => {
  const skuId = await newSku(5)
  await hold(newId(), skuId, 4)
  await expect(adjust(skuId, -2)).rejects.toMatchObject({
    code: 'stock.below_reserved',
    data: { onHand: 5, reserved: 4 },
  })
  expect(await adjust(skuId, -1)).toMatchObject({ onHand: 4, available: 0 })
})

test('the stock of another shop is as unknown as none at all', async () => {
  const stranger = shopTeam()
  const skuId = await newSku(5)
  const ctx = ctxOf(stranger.owner)
  for (const sku of [skuId, newId()]) {
    const asked = { shopId: stranger.shopId, skuId: sku }
    await expect(
      stock.handlers.adjust(ctx, { ...asked, id: newId(), delta: 1, note: 'x' }),
    ).rejects.toMatchObject({ code: 'product.not_found' })
    await expect(stock.handlers.movements(ctx, { ...asked, limit: 1 })).rejects.toMatchObject({
      code: 'product.not_found',
    })
  }
  await expect(adjustAs(stranger.owner, skuId)).rejects.toMatchObject({ code: 'request.not_found' })
  await expect(adjustAs(team.host, skuId)).rejects.toMatchObject({ code: 'auth.forbidden' })
})
const adjustAs = (actor: typeof team.owner, skuId: string) =>
  stock.handlers.adjust(ctxOf(actor), { shopId, skuId, id: newId(), delta: 1, note: 'x' })

test('the log is paged newest first without gaps', async () => {
  const skuId = await newSku(1)
  for (const delta of [1, 2, 3, 4]) await adjust(skuId, delta)
  const read = async (cursor?: string): Promise<number[]> => {
    const query = { shopId, skuId, limit: 2, ...(cursor && { cursor }) }
    const page = await stock.handlers.movements(ctxOf(team.host), query)
    const deltas = page.items.map(movement => movement.onHandDelta)
    return page.next ? [...deltas, ...(await read(page.next))] : deltas
  }
  expect(await read()).toEqual([4, 3, 2, 1, 1])
})

test('the check finds a level that its movements do not explain', async () => {
  const skuId = await newSku(5)
  await hold(newId(), skuId, 2)
  expect(await stock.check(database.db)).toMatchObject({ ok: true, findings: [] })
  await sql`update stock_level set on_hand = 7, reserved = 1 where sku_id = ${skuId}`.execute(
    database.db,
  )
  const report = await stock.check(database.db)
  expect(report).toMatchObject({
    ok: false,
    findings: [
      {
        subject: `sku ${skuId}`,
        expected: 'on hand 5, reserved 2 by movements; 2 held by orders',
        found: 'on hand 7, reserved 1',
      },
    ],
  })
  await sql`update stock_level set on_hand = 5, reserved = 2 where sku_id = ${skuId}`.execute(
    database.db,
  )
})

test('the check names the first movement that does not follow from the one before', async () => {
  const skuId = await newSku(5)
  await adjust(skuId, 1)
  await sql`update stock_movement set on_hand_after = 9 where sku_id = ${skuId} and reason = 'adjust'`.execute(
    database.db,
  )
  const [finding] = (await stock.check(database.db)).findings
  expect(finding).toMatchObject({ subject: `sku ${skuId}` })
  expect(finding?.why).toMatch(/the log breaks between #\d+ and #\d+/)
  await sql`update stock_movement set on_hand_after = 6 where sku_id = ${skuId} and reason = 'adjust'`.execute(
    database.db,
  )
})

test('an activity sells what it was given and no more, and the shelf sells the rest', async () => {
  const [skuId, poolId] = [await newSku(10), newId()]
  await allot({ skuId, poolId, quantity: 4 })
  await allot({ skuId, poolId, quantity: 4 })
  expect(await levelOf(skuId)).toEqual({ skuId, onHand: 10, reserved: 0, available: 6 })

  const soldOut = [{ orderId: expect.any(String), skuIds: [skuId] }]
  const [first, last] = [newId(), newId()]
  expect(await holdIn(poolId, first, skuId, 3)).toEqual([])
  expect(await holdIn(poolId, newId(), skuId, 2)).toEqual(soldOut)
  expect(await holdIn(poolId, last, skuId, 1)).toEqual([])
  expect(await hold(newId(), skuId, 7)).toEqual(soldOut)
  expect(await hold(newId(), skuId, 6)).toEqual([])
  expect(await levelOf(skuId)).toEqual({ skuId, onHand: 10, reserved: 10, available: 0 })

  await ship(first)
  await release(last)
  expect(await levelOf(skuId)).toEqual({ skuId, onHand: 7, reserved: 6, available: 0 })
  expect(await holdIn(poolId, newId(), skuId, 1)).toEqual([])
  expect(await stock.check(database.db)).toMatchObject({ ok: true })
})

test('after an activity its goods are on the shelf again, also those that come free later', async () => {
  const [skuId, poolId] = [await newSku(10), newId()]
  await allot({ skuId, poolId, quantity: 4 })
  const unpaid = newId()
  await holdIn(poolId, unpaid, skuId, 3)
  const end = () => database.tx(tx => stock.returnPool(tx, [poolId]))
  await end()
  await end()
  expect(await levelOf(skuId)).toEqual({ skuId, onHand: 10, reserved: 3, available: 7 })
  await release(unpaid)
  expect(await levelOf(skuId)).toEqual({ skuId, onHand: 10, reserved: 0, available: 10 })
  expect(await holdIn(poolId, newId(), skuId, 1)).toHaveLength(1)
  expect(await toldOf(skuId)).toEqual([10, 6, 7, 10])
  expect((await logOf(skuId)).filter(each => each.poolId === poolId)).toHaveLength(5)
  expect(await stock.check(database.db)).toMatchObject({ ok: true })
})

test('an activity is not given what the shelf does not have', async () => {
  const [skuId, poolId] = [await newSku(3), newId()]
  await expect(allot({ skuId, poolId, quantity: 4 })).rejects.toMatchObject({
    code: 'stock.sold_out',
    data: { skuIds: [skuId] },
  })
  expect(await levelOf(skuId)).toMatchObject({ onHand: 3, available: 3 })
})
