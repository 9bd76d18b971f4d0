import { type CarrierCode, carriers } from '@kaibo/contract/trade/carriers'
import { isFailure } from '@kaibo/kernel/fail'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { createMarket, orderRequest, placeOne } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'
import { decideNumber } from './rules.ts'

const { database } = await testDatabase()
const market = createMarket(database)
const { order, ship, stock } = market
const team = await market.newShop()
const { shopId } = team
const clerk = ctxOf(team.clerk)

async function newOrder() {
  const { skus } = await market.newProduct(team)
  const sku = must(skus[0], 'a SKU')
  const buyer = await market.newBuyer()
  const ctx = ctxOf(buyer.actor)
  const placed = await placeOne(market, buyer, orderRequest(buyer, [{ sku, quantity: 2 }]))
  return { id: placed.id, ctx, sku }
}
async function newPaidOrder() {
  const placed = await newOrder()
  await database.tx(tx => order.markPaid(tx, { orderId: placed.id, paidAt: new Date() }))
  return placed
}
let waybills = 1_000_000_000_000
const parcelOf = (orderId: string) => ({
  shopId,
  id: orderId,
  parcelId: newId(),
  carrier: 'sf' as const,
  number: `SF${waybills++}`,
})

test('the buyer sees the parcel, and the goods have left the shelf', async () => {
  const { id, ctx, sku } = await newPaidOrder()
  const wanted = parcelOf(id)
  const parcel = await ship.handlers.ship(clerk, wanted)
  expect(parcel).toMatchObject({ id: wanted.parcelId, carrier: 'sf', number: wanted.number })
  const seen = await order.handlers.view(ctx, { id })
  expect(seen).toMatchObject({ state: 'shipped', shippedAt: parcel.shippedAt, parcels: [parcel] })
  const level = (await stock.levelsBySku(database.db, [sku.id])).get(sku.id)
  expect(level).toMatchObject({ onHand: 8, reserved: 0 })
})

test('the same parcel sent twice is one parcel, also in a race and after the order completed', async () => {
  const { id, ctx } = await newPaidOrder()
  const wanted = parcelOf(id)
  const parcels = await Promise.all([1, 2, 3].map(() => ship.handlers.ship(clerk, wanted)))
  expect(new Set(parcels.map(parcel => JSON.stringify(parcel))).size).toBe(1)
  const completed = await order.handlers.confirm(ctx, { id })
  expect(await ship.handlers.ship(clerk, wanted)).toEqual(parcels[0])
  expect(completed.parcels).toEqual([parcels[0]])
})

test('the same number for the same order is the same parcel', async () => {
  const { id } = await newPaidOrder()
  const wanted = parcelOf(id)
  const parcel = await ship.handlers.ship(clerk, wanted)
  expect(await ship.handlers.ship(clerk, { ...wanted, parcelId: newId() })).toEqual(parcel)
})

test('more parcels may follow while the order is on its way', async () => {
  const { id, ctx } = await newPaidOrder()
  const [first, second] = [
    await ship.handlers.ship(clerk, parcelOf(id)),
    await ship.handlers.ship(clerk, parcelOf(id)),
  ]
  const seen = await order.handlers.view(ctx, { id })
  expect(seen).toMatchObject({ parcels: [first, second], shippedAt: first.shippedAt })
})

test('an order that is not paid does not ship, and leaves no parcel behind', async () => {
  const { id, ctx } = await newOrder()
  const wanted = parcelOf(id)
  await expect(ship.handlers.ship(clerk, wanted)).rejects.toMatchObject({
    code: 'order.wrong_state',
    data: { state: 'pending' },
  })
  expect((await order.handlers.view(ctx, { id })).parcels).toEqual([])
})

test('an order of another shop is as unknown as none at all', async () => {
  const stranger = await market.newShop()
  const { id } = await newPaidOrder()
  for (const orderId of [id, newId()]) {
    const wanted = { ...parcelOf(orderId), shopId: stranger.shopId }
    await expect(ship.handlers.ship(ctxOf(stranger.clerk), wanted)).rejects.toMatchObject({
      code: 'order.not_found',
    })
  }
  await expect(ship.handlers.ship(ctxOf(stranger.clerk), parcelOf(id))).rejects.toMatchObject({
    code: 'request.not_found',
  })
  await expect(ship.handlers.ship(ctxOf(team.host), parcelOf(id))).rejects.toMatchObject({
    code: 'auth.forbidden',
  })
})

test('the id of a parcel of another order is refused', async () => {
  const [one, two] = [await newPaidOrder(), await newPaidOrder()]
  const wanted = parcelOf(one.id)
  await ship.handlers.ship(clerk, wanted)
  await expect(ship.handlers.ship(clerk, { ...wanted, id: two.id })).rejects.toMatchObject({
    code: 'order.not_found',
  })
  expect(await order.handlers.view(two.ctx, two)).toMatchObject({ state: 'paid', parcels: [] })
})

test('a parcel may hold a part of an order; the buyer sees what is in which', async () => {
  const { id, ctx } = await newPaidOrder()
  const { lines } = await order.handlers.view(ctx, { id })
  const lineId = must(lines[0], 'a line').id
  const part = { ...parcelOf(id), lines: [{ lineId, quantity: 1 }] }
  const first = await ship.handlers.ship(clerk, part)
  expect(await ship.handlers.ship(clerk, part)).toEqual(first)
  expect(await order.handlers.view(ctx, { id })).toMatchObject({ state: 'part_shipped' })
  await expect(
    ship.handlers.ship(clerk, { ...parcelOf(id), lines: [{ lineId, quantity: 2 }] }),
  ).rejects.toMatchObject({ code: 'ship.too_many' })
  const other = { ...part, parcelId: newId(), lines: [{ lineId, quantity: 2 }] }
  await expect(ship.handlers.ship(clerk, other)).rejects.toMatchObject({
    code: 'ship.number_taken',
  })
  const second = await ship.handlers.ship(clerk, parcelOf(id))
  expect(await order.handlers.view(ctx, { id })).toMatchObject({
    state: 'shipped',
    parcels: [
      { id: first.id, lines: [{ lineId, quantity: 1 }] },
      { id: second.id, lines: [{ lineId, quantity: 1 }] },
    ],
  })
})

test('a wrong number is corrected while the order is on its way, and not after', async () => {
  const { id, ctx } = await newPaidOrder()
  const [one, two] = [
    await ship.handlers.ship(clerk, parcelOf(id)),
    await ship.handlers.ship(clerk, parcelOf(id)),
  ]
  const to = { shopId, id: one.id, carrier: 'yto' as const, number: 'YT1234567890123' }
  expect(await ship.handlers.correct(clerk, to)).toMatchObject({ number: to.number })
  const taken = { ...to, carrier: two.carrier, number: two.number }
  await expect(ship.handlers.correct(clerk, taken)).rejects.toMatchObject({
    code: 'ship.number_taken',
  })
  await expect(
    ship.handlers.correct(clerk, { ...to, number: 'SF1234567890123' }),
  ).rejects.toMatchObject({ code: 'ship.bad_number' })
  const stranger = await market.newShop()
  await expect(
    ship.handlers.correct(ctxOf(stranger.clerk), { ...to, shopId: stranger.shopId }),
  ).rejects.toMatchObject({ code: 'ship.parcel_not_found' })
  await order.handlers.confirm(ctx, { id })
  await expect(ship.handlers.correct(clerk, to)).rejects.toMatchObject({
    code: 'order.wrong_state',
  })
})

test('a file ships its sound rows, and says of every other what is wrong', async () => {
  const [good, unpaid, other] = [await newPaidOrder(), await newOrder(), await newPaidOrder()]
  const numberOf = async ({ id, ctx }: { id: string; ctx: typeof clerk }) =>
    (await order.handlers.view(ctx, { id })).number
  const rows = [
    ['订单号', '物流公司', '运单号'],
    [await numberOf(good), '顺丰速运', 'SF9234567890123'],
    [await numberOf(unpaid), 'SF Express', 'SF9234567890124'],
    [await numberOf(other), '圆通速递', 'SF9234567890125'],
    ['999', '顺丰速运', 'SF9234567890126'],
    [await numberOf(other), '飞鸽', 'SF9234567890127'],
  ]
  const bytes = new TextEncoder().encode(rows.map(row => row.join(',')).join('\n'))
  const send = () => ship.handlers.shipSheet(clerk, { shopId, bytes, contentType: 'text/csv' })
  const report = await send()
  expect(report).toMatchObject({ rowCount: 5, shippedCount: 1 })
  expect(report.problems.map(({ row, code }) => [row, code])).toEqual([
    [3, 'order.wrong_state'],
    [4, 'ship.bad_number'],
    [5, 'order.not_found'],
    [6, 'sheet.cell_no_choice'],
  ])
  // The same file again sends nothing twice.
  expect(await send()).toEqual(report)
  expect((await order.handlers.view(good.ctx, good)).parcels).toHaveLength(1)
  expect(await order.handlers.view(other.ctx, other)).toMatchObject({ state: 'paid', parcels: [] })
})

const numbers: [CarrierCode, string, string | null][] = [
  ['sf', ' sf1234567890123 ', 'SF1234567890123'],
  ['sf', 'YT1234567890123', null],
  ['yto', 'YT1234567890123', 'YT1234567890123'],
  ['zto', '123456789012', '123456789012'],
  ['sto', '12345', null],
  ['ems', 'EA123456789CN', 'EA123456789CN'],
  ['ems', 'E1234567890CN', null],
  ['jd', 'JDVA00123456789', 'JDVA00123456789'],
]
test.each(numbers)(
  'for %s, "%s" is read as %s (null: not a number of theirs)',
  (carrier, typed, number) => {
    if (number !== null) expect(decideNumber(carrier, typed)).toBe(number)
    else
      expect(() => decideNumber(carrier, typed)).toThrow(
        expect.toSatisfy(error => isFailure(error, 'ship.bad_number')),
      )
  },
)

test('every carrier of the contract has a number form that compiles', () => {
  for (const { number } of Object.values(carriers)) expect(() => new RegExp(number)).not.toThrow()
})
