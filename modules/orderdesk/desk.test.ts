import type { OrderFilter } from '@kaibo/contract/trade/orderdesk'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { fen } from '@kaibo/kernel/money'
import { createMarket, orderRequest, placeOne } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createOrderDesk } from './index.ts'

const { database } = await testDatabase()
const market = createMarket(database)
const { order, account } = market
const { handlers } = createOrderDesk({ database, order, account })
const team = await market.newShop()
const { shopId } = team
const clerk = ctxOf(team.clerk)

type Wish = { title?: string; quantity?: number; live?: string; note?: string; of?: typeof team }
async function newOrder({ title, quantity = 1, live, note = '', of = team }: Wish = {}) {
  const buyer = await market.newBuyer()
  const product = await market.newProduct(of, title === undefined ? {} : { title })
  const sku = must(product.skus[0], 'a SKU')
  const source = live ? { kind: 'live' as const, id: live } : { kind: 'shop' as const, id: null }
  const request = orderRequest(buyer, [{ sku, quantity }], { source })
  const [part] = request.orders
  const wish = { ...request, orders: [{ ...must(part, 'an order'), note }] }
  return { ...(await placeOne(market, buyer, wish)), ctx: ctxOf(buyer.actor) }
}
const pay = (orderId: string) =>
  database.tx(tx => order.markPaid(tx, { orderId, paidAt: new Date() }))
const ofShop = { shopId, limit: 50 }
const find = async (filter: OrderFilter) =>
  (await handlers.list(clerk, { ...ofShop, ...filter })).items.map(item => item.id)

test('each filter finds the orders it names, and counts are those of the list', async () => {
  const live = newId()
  const [plain, tea, paid] = [
    await newOrder(),
    await newOrder({ title: '100%_雪芽', quantity: 3, note: '请轻放' }),
    await newOrder({ live }),
  ]
  await newOrder({ of: await market.newShop() })
  await pay(paid.id)
  await handlers.setNote(clerk, { shopId, id: plain.id, text: '', flag: 'red' })
  expect(await find({})).toEqual([paid.id, tea.id, plain.id])
  const cases: [OrderFilter, string[]][] = [
    [{ state: 'pending' }, [tea.id, plain.id]],
    [{ isPaid: true }, [paid.id]],
    [{ number: plain.number.slice(0, -1) }, [plain.id]],
    [{ title: '0%_雪' }, [tea.id]],
    [{ title: '0__雪' }, []],
    [{ productId: must(tea.lines[0], 'a line').productId }, [tea.id]],
    [{ sourceKind: 'live', sourceId: live }, [paid.id]],
    [{ amountMinFen: fen(tea.payableFen) }, [tea.id]],
    [{ amountMaxFen: fen(tea.payableFen - 1) }, [paid.id, plain.id]],
    [{ hasNote: true }, [tea.id]],
    [{ flag: 'red' }, [plain.id]],
    [{ from: tea.createdAt }, [paid.id, tea.id]],
    [{ before: tea.createdAt }, [plain.id]],
  ]
  for (const [filter, ids] of cases) {
    expect(await find(filter), JSON.stringify(filter)).toEqual(ids)
    const { state, ...rest } = filter
    const counts = await handlers.counts(clerk, { shopId, ...filter })
    const all = await find(rest)
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(all.length)
    if (state) expect(counts[state]).toBe(ids.length)
  }
  const first = await handlers.list(clerk, { shopId, limit: 2 })
  const rest = await handlers.list(clerk, { shopId, limit: 2, cursor: must(first.next, 'more') })
  expect([...first.items, ...rest.items].map(item => item.id)).toEqual(await find({}))
})

test('a file holds what the filter finds; formulas are harmless, receivers need their own route', async () => {
  const evil = await newOrder({ title: '=HYPERLINK("http://x")', note: '@SUM(A1)' })
  const read = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes)
  const filter = { shopId, number: evil.number, format: 'csv' as const }
  const plain = read(await handlers.exportOrders(clerk, filter))
  expect(plain.trim().split('\n')).toHaveLength(2)
  expect(plain).not.toMatch(/(^|,)"?[=@]/m)
  expect(plain).not.toMatch(/13800138000|王小明/)
  const full = read(await handlers.exportReceivers(clerk, { ...filter, language: 'en' }))
  expect(full).toContain('13800138000')
  expect(full).toContain('Receiver')
  await expect(handlers.exportReceivers(ctxOf(team.host), filter)).rejects.toMatchObject({
    code: 'auth.forbidden',
  })
})

test('what the shop does to an order is written down with who and why, and shown to the buyer', async () => {
  const placed = await newOrder()
  const owned = { shopId, id: placed.id }
  const line = must(placed.lines[0], 'a line')
  const price = { lines: [{ id: line.id, payableFen: fen(6_000) }], shippingFen: fen(0) }
  expect(await handlers.setPrice(clerk, { ...owned, ...price })).toMatchObject({
    payableFen: 6_000,
    lines: [{ payableFen: 6_000, parts: [{ kind: 'manual', offFen: line.payableFen - 6_000 }] }],
  })
  expect((await order.check(database.db)).findings).toEqual([])
  const receiver = { name: '李四', phone: '13900139000', regionCode: '330106', detail: '2 号' }
  await handlers.setReceiver(clerk, { ...owned, ...receiver })
  expect(await order.handlers.reveal(clerk, owned)).toEqual({
    name: '李四',
    phone: '13900139000',
    address: '浙江省 杭州市 西湖区 2 号',
  })
  await pay(placed.id)
  await expect(handlers.setPrice(clerk, { ...owned, ...price })).rejects.toMatchObject({
    code: 'order.wrong_state',
  })
  await handlers.cancel(clerk, { ...owned, reason: '缺货' })
  const { items } = await order.handlers.history(placed.ctx, placed)
  expect(items.map(({ kind, by, reason }) => [kind, by, reason])).toEqual([
    ['placed', 'buyer', ''],
    ['repriced', 'merchant', '68.00 → 60.00'],
    ['receiver_changed', 'merchant', ''],
    ['paid', 'buyer', ''],
    ['closed', 'merchant', '缺货'],
  ])
  expect(await handlers.history(clerk, owned)).toEqual({ items })
  await expect(handlers.setReceiver(clerk, { ...owned, ...receiver })).rejects.toMatchObject({
    code: 'order.wrong_state',
  })
})

test('a shop cannot touch the orders of another one', async () => {
  const placed = await newOrder()
  const stranger = await market.newShop()
  const ctx = ctxOf(stranger.clerk)
  const owned = { shopId: stranger.shopId, id: placed.id }
  const acts = [
    () => handlers.setNote(ctx, { ...owned, text: '', flag: 'none' }),
    () => handlers.setPrice(ctx, { ...owned, lines: [], shippingFen: fen(0) }),
    () => handlers.cancel(ctx, { ...owned, reason: 'x' }),
    () => handlers.history(ctx, owned),
    () => handlers.page(ctx, { ...owned, lineId: must(placed.lines[0], 'a line').id }),
  ]
  for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'order.not_found' })
  await expect(handlers.list(ctx, ofShop)).rejects.toMatchObject({ code: 'request.not_found' })
  await expect(handlers.list(ctxOf(team.host), ofShop)).rejects.toMatchObject({
    code: 'auth.forbidden',
  })
})

test('today and the sources say what the orders say, and the parts sum to the total', async () => {
  const own = await market.newShop()
  const ctx = ctxOf(own.owner)
  const live = newId()
  const [fromRoom, fromShop, gone, late] = [
    await newOrder({ of: own, live, quantity: 2 }),
    await newOrder({ of: own }),
    await newOrder({ of: own, live }),
    await newOrder({ of: own }),
  ]
  await newOrder({ of: own })
  for (const { id } of [fromRoom, fromShop, gone, late]) await pay(id)
  await order.handlers.cancel(gone.ctx, gone)
  await sql`update order_header set paid_at = paid_at - interval '2 days'
            where id = ${late.id}`.execute(database.db)
  const booked = await newOrder({ of: own })
  await pay(booked.id)
  await sql`update order_header set receiver_sealed = null, paid_at = paid_at - interval '2 days'
            where id = ${booked.id}`.execute(database.db)
  expect(await handlers.today(ctx, own)).toEqual({
    toShipCount: 3,
    lateCount: 1,
    unpaidCount: 1,
    soldCount: 3,
    soldFen: 4 * fromShop.payableFen,
    refundCount: 1,
    refundFen: gone.payableFen,
  })
  const report = await handlers.sources(ctx, own)
  expect(report).toEqual({
    items: [
      { kind: 'live', id: live, orderCount: 2, paidFen: 20_400, refundedFen: 6_800 },
      { kind: 'shop', id: null, orderCount: 3, paidFen: 20_400, refundedFen: 0 },
    ],
    orderCount: 5,
    paidFen: 40_800,
    refundedFen: 6_800,
  })
  const from = new Date(Date.now() - 86_400_000).toISOString()
  expect(await handlers.sources(ctx, { ...own, from })).toMatchObject({ orderCount: 3 })
})
