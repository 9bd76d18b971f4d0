import type { VirtualKind } from '@kaibo/contract/trade/virtual'
import { hourMs, manualClock } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { type Buyer, createMarket, orderRequest, placeOne } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createVirtual } from './index.ts'

const { database, connect } = await testDatabase()
const clock = manualClock(new Date())
const market = createMarket(database)
const { personal, catalog, stock, order } = market
const virtual = createVirtual({ database, clock, personal, catalog, stock, order })
const team = await market.newShop()
const { shopId } = team
const clerk = ctxOf(team.clerk)

const bytesOf = (codes: readonly string[]) =>
  new TextEncoder().encode(['卡密', ...codes].join('\r\n'))
const addCodes = (skuId: string, codes: readonly string[], id = newId()) =>
  virtual.handlers.importCodes(clerk, {
    shopId,
    skuId,
    id,
    bytes: bytesOf(codes),
    contentType: 'application/octet-stream',
  })

async function newGoods(kind: VirtualKind | null, stockCount = 0) {
  const product = await market.newProduct(team, { skus: [{ stock: stockCount }] })
  await sql`update catalog_product set is_virtual = true where id = ${product.id}`.execute(
    database.db,
  )
  const sku = must(product.skus[0], 'a SKU')
  if (kind) await setRule(sku, kind)
  return { ...sku, productId: product.id }
}
const setRule = (sku: { id: string }, kind: VirtualKind) =>
  virtual.handlers.setRule(clerk, {
    ...{ shopId, skuId: sku.id, kind },
    ...{ refundRule: '未使用可退', cancelHours: 2 },
  })
type Sku = Awaited<ReturnType<typeof newGoods>>

async function place(buyer: Buyer, sku: Sku, quantity = 1) {
  const request = orderRequest(buyer, [{ sku, quantity }], { agreesNoReturn: true })
  return placeOne(market, buyer, request)
}
const pay = (orderId: string, on = database) =>
  on.tx(async tx => {
    await order.markPaid(tx, { orderId, paidAt: new Date() })
    await virtual.deliver(tx, orderId)
  })
const goodsOf = async ({ actor }: Buyer, id: string) =>
  must((await virtual.handlers.mine(ctxOf(actor), { id })).goods[0], 'goods')
/** After the jobs of orders have run. */
const stateOf = async ({ actor }: Buyer, id: string) => {
  await order.completeDue(100)
  return (await order.handlers.view(ctxOf(actor), { id })).state
}
const levelOf = async (skuId: string) => (await stock.levelsBySku(database.db, [skuId])).get(skuId)

test.each(['code', 'booking'] as const)(
  'nobody can buy what no one has said how to deliver, until it is a %s',
  async kind => {
    const sku = await newGoods(null)
    const rules = async () => {
      const product = { shopId, productId: sku.productId, limit: 5 }
      return (await virtual.handlers.list(clerk, product)).items.map(rule => rule.kind)
    }
    const buyer = await market.newBuyer()
    const preview = () =>
      market.placement.handlers.preview(
        ctxOf(buyer.actor),
        orderRequest(buyer, [{ sku, quantity: 1 }]),
      )
    const refused = { code: 'virtual.not_ready', data: { skuIds: [sku.id] } }
    await expect(preview()).rejects.toMatchObject(refused)
    await expect(place(buyer, sku)).rejects.toMatchObject(refused)
    expect(await rules()).toEqual([])
    await setRule(sku, kind)
    expect(await rules()).toEqual([kind])
    await expect(preview()).rejects.toMatchObject({ code: 'stock.sold_out' })
  },
)

test('codes come into the stock, and leave it when they are given', async () => {
  const sku = await newGoods('code')
  const id = newId()
  expect(await addCodes(sku.id, ['A-1', 'A-2', 'A-3'], id)).toMatchObject({ addedCount: 3 })
  await Promise.all([
    addCodes(sku.id, ['A-1', 'A-2', 'A-3'], id),
    addCodes(sku.id, ['A-1', 'A-2', 'A-3'], id),
  ])
  expect(await levelOf(sku.id)).toMatchObject({ onHand: 3, available: 3 })
  const buyer = await market.newBuyer()
  const placed = await place(buyer, sku, 2)
  expect(await goodsOf(buyer, placed.id)).toMatchObject({ state: 'unpaid', codes: [] })
  await pay(placed.id)
  await pay(placed.id)
  expect(await goodsOf(buyer, placed.id)).toMatchObject({
    state: 'delivered',
    codes: ['A-1', 'A-2'],
    refundRule: '未使用可退',
  })
  expect(await stateOf(buyer, placed.id)).toBe('completed')
  expect(await levelOf(sku.id)).toMatchObject({ onHand: 1, reserved: 0 })
  expect(await virtual.check(database.db)).toMatchObject({ ok: true })
})

test('paid at the same moment, no two orders get the same code', async () => {
  const sku = await newGoods('code')
  const codes = Array.from({ length: 12 }, (_, index) => `P-${index}`)
  await addCodes(sku.id, codes)
  const buyers = await Promise.all(Array.from({ length: 12 }, () => market.newBuyer()))
  const placed: { buyer: Buyer; id: string }[] = []
  for (const buyer of buyers) placed.push({ buyer, id: (await place(buyer, sku)).id })
  const processes = [database, connect(), connect()]
  await Promise.all(placed.map(({ id }, index) => pay(id, processes[index % 3])))
  // Those that found every code locked by another one are served like any that waits.
  await database.tx(async tx => {
    for (const { id } of placed) await virtual.deliver(tx, id)
  })
  const given = await Promise.all(placed.map(({ buyer, id }) => goodsOf(buyer, id)))
  expect(given.flatMap(goods => goods.codes).toSorted()).toEqual(codes.toSorted())
})

test('an order that codes are too few for waits for the next import', async () => {
  const sku = await newGoods('code', 1)
  await addCodes(sku.id, ['W-1'])
  const buyer = await market.newBuyer()
  const placed = await place(buyer, sku, 2)
  await pay(placed.id)
  expect(await goodsOf(buyer, placed.id)).toMatchObject({ state: 'waiting', codes: [] })
  const { items } = await virtual.handlers.list(clerk, { shopId, limit: 50 })
  expect(items.find(item => item.skuId === sku.id)).toMatchObject({
    waitingCount: 2,
    freeCodeCount: 1,
  })
  await addCodes(sku.id, ['W-2'])
  expect((await goodsOf(buyer, placed.id)).codes).toEqual(['W-1', 'W-2'])
  expect(await stateOf(buyer, placed.id)).toBe('completed')
  const short = await sql`select from outbox_event where name = 'virtual.short'
    and payload ->> 'orderId' = ${placed.id}`.execute(database.db)
  expect(short.rows).toHaveLength(1)
  // One piece was stocked by hand, without a code for it.
  expect((await virtual.check(database.db)).findings).toMatchObject([
    { subject: `sku ${sku.id}`, found: 'available 1, on hand 1' },
  ])
  await stock.handlers.adjust(clerk, { shopId, skuId: sku.id, id: newId(), delta: -1, note: 'x' })
})

test('a code that stands twice in a sheet is named, and nothing is imported', async () => {
  const sku = await newGoods('code')
  const done = await addCodes(sku.id, ['D-1', 'D-2', 'D-1'])
  expect(done).toMatchObject({
    addedCount: 0,
    problems: [{ row: 4, column: 'code', code: 'sheet.cell_repeated' }],
  })
  expect(await levelOf(sku.id)).toMatchObject({ onHand: 0 })
})

test('the merchant sees codes masked', async () => {
  const sku = await newGoods('code')
  await addCodes(sku.id, ['ABCD-1234-EFGH', 'XY'])
  const { items } = await virtual.handlers.codes(clerk, { shopId, skuId: sku.id, limit: 5 })
  expect(items.map(code => code.masked)).toEqual(['**', 'ABCD****GH'])
  const buyer = await market.newBuyer()
  const placed = await place(buyer, sku)
  await pay(placed.id)
  const shown = await virtual.handlers.ofShop(clerk, { shopId, id: placed.id })
  expect(shown.goods[0]?.codes).toEqual(['ABCD****GH'])
  const { rows } = await sql<{ sealed: string }>`select sealed from virtual_code`.execute(
    database.db,
  )
  expect(rows.every(row => row.sealed.startsWith('v1.'))).toBe(true)
  const stranger = await market.newBuyer()
  await expect(goodsOf(stranger, placed.id)).rejects.toMatchObject({ code: 'order.not_found' })
})

test('a free code can be withdrawn, a given one cannot', async () => {
  const sku = await newGoods('code')
  await addCodes(sku.id, ['V-1', 'V-2'])
  const buyer = await market.newBuyer()
  await pay((await place(buyer, sku)).id)
  const { items } = await virtual.handlers.codes(clerk, { shopId, skuId: sku.id, limit: 5 })
  const [free, given] = items
  const own = { shopId, skuId: sku.id }
  await virtual.handlers.voidCode(clerk, { ...own, id: free?.id ?? '' })
  await expect(
    virtual.handlers.voidCode(clerk, { ...own, id: given?.id ?? '' }),
  ).rejects.toMatchObject({ code: 'virtual.code_given' })
  expect(await levelOf(sku.id)).toMatchObject({ onHand: 0 })
})

const newSlot = (skuId: string, { inHours = 24, capacity = 1 } = {}) =>
  virtual.handlers.putSlot(clerk, {
    shopId,
    skuId,
    id: newId(),
    startsAt: new Date(Date.now() + inHours * hourMs).toISOString(),
    endsAt: new Date(Date.now() + (inHours + 1) * hourMs).toISOString(),
    place: '西湖店',
    capacity,
  })
const book = async (buyer: Buyer, id: string, slotId: string) => {
  const { lineId } = await goodsOf(buyer, id)
  return virtual.handlers.book(ctxOf(buyer.actor), { id, lineId, slotId })
}

test('of many who book the last place one gets it', async () => {
  const sku = await newGoods('booking', 10)
  const slot = await newSlot(sku.id)
  const buyers = await Promise.all(Array.from({ length: 5 }, () => market.newBuyer()))
  const orders = []
  for (const buyer of buyers) orders.push({ buyer, id: (await place(buyer, sku)).id })
  const outcomes = await Promise.all(
    orders.map(({ buyer, id }) =>
      book(buyer, id, slot.id).then(
        () => 'booked',
        (error: { code: string }) => error.code,
      ),
    ),
  )
  expect(outcomes.toSorted()).toEqual(['booked', ...Array(4).fill('virtual.slot_full')])
})

test('a booking can be changed until its deadline, and its order completes when the slot is over', async () => {
  const sku = await newGoods('booking', 5)
  const [first, second] = [await newSlot(sku.id), await newSlot(sku.id, { inHours: 1 })]
  const buyer = await market.newBuyer()
  const placed = await place(buyer, sku)
  await book(buyer, placed.id, first.id)
  await pay(placed.id)
  expect(await goodsOf(buyer, placed.id)).toMatchObject({ state: 'waiting', slot: { taken: 1 } })
  expect(await book(buyer, placed.id, second.id)).toMatchObject({ slot: { id: second.id } })
  const { slots } = await virtual.handlers.openSlots(clerk, { id: sku.id })
  expect(slots.map(slot => slot.taken)).toEqual([1, 0])
  // Two hours before it begins are over: it begins in one.
  const { lineId } = await goodsOf(buyer, placed.id)
  const own = { id: placed.id, lineId }
  await expect(virtual.handlers.cancelBooking(ctxOf(buyer.actor), own)).rejects.toMatchObject({
    code: 'virtual.too_late',
  })
  expect(await virtual.finishDue(10)).toBe(0)
  await sql`update virtual_slot set starts_at = now() - interval '2 hours',
    ends_at = now() - interval '1 hour' where id = ${second.id}`.execute(database.db)
  expect(await virtual.finishDue(10)).toBe(1)
  expect(await stateOf(buyer, placed.id)).toBe('completed')
})

test('an order that closes gives its place back', async () => {
  const sku = await newGoods('booking', 5)
  const slot = await newSlot(sku.id)
  const buyer = await market.newBuyer()
  const placed = await place(buyer, sku)
  await book(buyer, placed.id, slot.id)
  await order.handlers.cancel(ctxOf(buyer.actor), { id: placed.id })
  const close = must(
    virtual.subscribers.find(each => each.event === 'order.closed'),
    'a subscriber',
  )
  await database.tx(tx => close.handle(tx, { orderId: placed.id }, newId()))
  await database.tx(tx => close.handle(tx, { orderId: placed.id }, newId()))
  const { slots } = await virtual.handlers.openSlots(clerk, { id: sku.id })
  expect(slots.map(each => each.taken)).toEqual([0])
})
