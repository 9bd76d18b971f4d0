import type { UserActor } from '@kaibo/contract/core/permissions'
import { systemClock } from '@kaibo/kernel/clock'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { fen } from '@kaibo/kernel/money'
import type { OfferSource } from '@kaibo/modules/price'
import { createMarket, orderRequest, placeOne, type SoldSku } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, userActor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createFlashSale, type FlashSales } from './index.ts'

const { database, connect } = await testDatabase()

/** Market, stage and sales of one process. */
function processOn(pool: typeof database) {
  const offers: OfferSource = {
    name: 'flashsale',
    offersFor: (db, asks) => sales.offers.offersFor(db, asks),
    consume: async (tx, uses) => (await sales.offers.consume?.(tx, uses)) ?? [],
    release: async (tx, orderIds) => sales.offers.release?.(tx, orderIds),
  }
  const market = createMarket(pool, { offers: [offers] })
  const stage = createStage(pool, market)
  const sales: FlashSales = createFlashSale({
    database: pool,
    clock: systemClock,
    catalog: market.catalog,
    stock: market.stock,
    live: stage.live,
    bagOf: stage.showcase.productIdsOf,
  })
  return { market, stage, sales }
}
const { market, stage, sales } = processOn(database)
const elsewhere = processOn(connect()).sales
const anySku: Id | null = null
const listPriceFen = fen(6_800)
const roomPriceFen = fen(4_900)

/** A room with one product in its bag, of a shop of its own. */
async function newRoom(skus: { stock?: number }[] = [{}]) {
  const team = await market.newShop()
  const { id } = await stage.newSession(team)
  const { shopId } = team
  const host = ctxOf(team.host)
  const product = await market.newProduct(team, { skus })
  await stage.showcase.handlers.setBag(host, { shopId, id, version: 0, productIds: [product.id] })
  const wanted = {
    ...{ shopId, id, title: '直播专享', productId: product.id, skuId: anySku },
    ...{ priceFen: roomPriceFen, quota: 5, perPersonMax: 2, minutes: 10 },
  }
  const price = (change: Partial<typeof wanted> & { saleId?: Id } = {}, on = sales) =>
    on.handlers.priceInRoom(host, { saleId: newId(), ...wanted, ...change })
  return { ...{ id, shopId, team, host, product, price }, sku: must(product.skus[0], 'a SKU') }
}
type Room = Awaited<ReturnType<typeof newRoom>>

const tokenFor = async (actor: UserActor, { id: liveId }: Room) =>
  (await stage.live.handlers.token(ctxOf(actor), { liveId })).roomToken

/** What a piece costs who orders from this room with this token; refused = the price it asked for. */
async function order(
  sku: SoldSku,
  from: {
    liveId: Id
    roomToken: string | null
    buyer?: Awaited<ReturnType<typeof market.newBuyer>>
  },
) {
  const { liveId, roomToken, buyer = await market.newBuyer() } = from
  const source = { kind: 'live' as const, id: liveId }
  const asked = { source, expectedPayableFen: roomPriceFen, ...(roomToken ? { roomToken } : {}) }
  return placeOne(market, buyer, orderRequest(buyer, [{ sku, quantity: 1 }], asked))
}
const refused = (code: string) => ({ code })

test('a price from the desk is for who is in the room, at once', async () => {
  const room = await newRoom()
  const sale = await room.price()
  expect(sale).toMatchObject({
    state: 'running',
    channel: 'live',
    liveId: room.id,
    items: [{ priceFen: roomPriceFen, listPriceFen, quota: 5, leftCount: 5, perPersonMax: 2 }],
  })
  const buyer = await market.newBuyer()
  const roomToken = await tokenFor(buyer.actor, room)
  expect(await order(room.sku, { liveId: room.id, roomToken, buyer })).toMatchObject({
    payableFen: roomPriceFen,
  })
})

test('a token replayed outside its person, room or time buys nothing at the price of the room', async () => {
  const [room, other] = [await newRoom(), await newRoom()]
  await room.price()
  const ann = await market.newBuyer()
  const roomToken = await tokenFor(ann.actor, room)
  const over = refused('price.offer_over')
  const at = { liveId: room.id, roomToken, buyer: ann }
  // Somebody else's, another room's, none, a made-up one.
  const bo = await market.newBuyer()
  await expect(order(room.sku, { ...at, buyer: bo })).rejects.toMatchObject(over)
  const strange = await tokenFor(ann.actor, other)
  await expect(order(room.sku, { ...at, roomToken: strange })).rejects.toMatchObject(over)
  await expect(order(room.sku, { ...at, roomToken: null })).rejects.toMatchObject(
    refused('order.price_changed'),
  )
  const [expSec = '', mac = ''] = roomToken.split('.')
  const forged = `${Number(expSec) + 600}.${mac}`
  await expect(order(room.sku, { ...at, roomToken: forged })).rejects.toMatchObject(over)
  // The right one, as often as the quota of a person allows.
  expect(await order(room.sku, at)).toMatchObject({ payableFen: roomPriceFen })
})

test('after the room a price lives through its grace and not longer, and orders keep it', async () => {
  const room = await newRoom()
  const { id: saleId } = await room.price()
  const buyer = await market.newBuyer()
  const at = { liveId: room.id, roomToken: await tokenFor(buyer.actor, room), buyer }
  const first = await order(room.sku, at)
  await stage.live.handlers.end(room.host, { shopId: room.shopId, id: room.id })
  const [subscriber] = sales.subscribers
  const told = { liveId: room.id, shopId: room.shopId, state: 'ended' }
  await database.tx(async tx => subscriber?.handle(tx, told, '1'))
  await expect(tokenFor(buyer.actor, room)).rejects.toMatchObject(refused('live.ended'))
  expect(await order(room.sku, at)).toMatchObject({ payableFen: roomPriceFen })
  await sql`update flashsale_activity set starts_at = now() - interval '1 h',
    ends_at = now() - interval '1 s' where id = ${saleId}`.execute(database.db)
  await expect(order(room.sku, at)).rejects.toMatchObject(refused('price.offer_over'))
  await sales.advanceDue()
  const [kept] = await market.order.viewsByIds([first.id])
  expect(kept).toMatchObject({ payableFen: roomPriceFen })
})

test('a host ends a price early; the shelf gets back what was not sold', async () => {
  const room = await newRoom()
  const { id: saleId } = await room.price()
  const onShelf = async () =>
    (await market.stock.levelsBySku(database.db, [room.sku.id])).get(room.sku.id)?.available
  expect(await onShelf()).toBe(5)
  const at = { shopId: room.shopId, id: room.id, saleId }
  expect(await sales.handlers.endPriceInRoom(room.host, at)).toMatchObject({ state: 'ended' })
  expect(await sales.handlers.endPriceInRoom(room.host, at)).toMatchObject({ state: 'ended' })
  expect(await onShelf()).toBe(10)
  const other = await newRoom()
  const foreign = { shopId: other.shopId, id: other.id, saleId }
  await expect(sales.handlers.endPriceInRoom(other.host, foreign)).rejects.toMatchObject(
    refused('flashsale.not_found'),
  )
})

test('every variant that the shelf has gets the price, with a quota that the shelf bears', async () => {
  const room = await newRoom([{ stock: 9 }, { stock: 0 }, { stock: 3 }])
  const { items } = await room.price()
  expect(items.map(item => [item.quota, item.perPersonMax]).toSorted()).toEqual([
    [3, 2],
    [5, 2],
  ])
  const sold = await newRoom([{ stock: 0 }])
  await expect(sold.price()).rejects.toMatchObject(refused('flashsale.stock_short'))
})

test('the same call again answers with the sale, and two prices at once are one', async () => {
  const room = await newRoom()
  const saleId = newId()
  const first = await room.price({ saleId })
  expect((await room.price({ saleId })).id).toBe(first.id)
  const again = await newRoom()
  const results = await Promise.allSettled([again.price(), again.price({}, elsewhere)])
  expect(results.map(each => each.status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('only products of the bag, cheaper than the shelf, in an open room of the shop', async () => {
  const room = await newRoom()
  const other = await newRoom()
  const no = (change: Parameters<Room['price']>[0], code: string) =>
    expect(room.price(change)).rejects.toMatchObject(refused(code))
  await no({ productId: other.product.id }, 'showcase.not_in_bag')
  await no({ skuId: other.sku.id }, 'showcase.not_in_bag')
  await no({ priceFen: listPriceFen }, 'flashsale.plan_invalid')
  await no({ priceFen: fen(0) }, 'flashsale.plan_invalid')
  await no({ id: other.id }, 'live.not_found')
  const clerk = ctxOf(room.team.clerk)
  const asked = { ...room.sku, shopId: room.shopId, id: room.id, saleId: newId() }
  const wanted = { ...asked, title: '专享', productId: room.product.id, skuId: null }
  const numbers = { priceFen: roomPriceFen, quota: 1, perPersonMax: null, minutes: 1 }
  for (const ctx of [clerk, ctxOf(userActor())])
    await expect(sales.handlers.priceInRoom(ctx, { ...wanted, ...numbers })).rejects.toMatchObject(
      refused('auth.forbidden'),
    )
  await stage.live.handlers.end(room.host, { shopId: room.shopId, id: room.id })
  await no({}, 'live.ended')
})
