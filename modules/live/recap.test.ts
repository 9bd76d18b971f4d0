import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { createMarket, orderRequest, placeOne } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, type Team } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)
const { live, chat, showcase, tell } = stage
const elsewhere = createStage(connect(), market).live

async function buy(team: Team, liveId: string, { isPaid = true } = {}) {
  const buyer = await market.newBuyer()
  const product = await market.newProduct(team)
  const sku = must(product.skus[0], 'a SKU')
  const source = { kind: 'live' as const, id: liveId }
  const request = orderRequest(buyer, [{ sku, quantity: 2 }], { source })
  const { id: orderId, payableFen } = await placeOne(market, buyer, request)
  if (isPaid) await database.tx(tx => market.order.markPaid(tx, { orderId, paidAt: new Date() }))
  return { productId: product.id, payableFen, buyer }
}

test('the totals of a recap are what the tables count', async () => {
  const [team, other] = [await market.newShop(), await market.newShop()]
  const { id, shopId } = await stage.newSession(team)
  const host = ctxOf(team.host)
  await tell(id, 'publish_start')
  const [first, second] = [await buy(team, id), await buy(team, id)]
  await buy(team, id, { isPaid: false })
  // Somebody names this room in an order of another shop: it is no sale of this session.
  await buy(other, id)
  const productIds = [first.productId, second.productId]
  await showcase.handlers.setBag(host, { shopId, id, version: 0, productIds })
  for (const productId of [first.productId, second.productId, first.productId])
    await showcase.handlers.explain(host, { shopId, id, productId })
  const write = (liveId: string) =>
    chat.handlers.send(ctxOf(first.buyer.actor), { id: liveId, commentId: newId(), text: '好' })
  for (let n = 0; n < 3; n++) await write(id)
  await write((await stage.newSession(other)).id)
  await Promise.all([live, elsewhere, live].map(by => by.addHearts(id, 5)))
  for (const count of [3, 12, 7]) await live.noteOnline(id, count)
  const early = live.handlers.recap(host, { shopId, id })
  await expect(early).rejects.toMatchObject({ code: 'live.not_ended' })
  await sql`update live_session set started_at = started_at - interval '90 s'
            where id = ${id}`.execute(database.db)
  await live.handlers.end(host, { shopId, id })
  await stage.outbox.drain({ limit: 100 })

  const recap = await live.handlers.recap(host, { shopId, id })
  expect(recap).toMatchObject({
    peakOnlineCount: 12,
    commentCount: 3,
    heartCount: 15,
    orderCount: 2,
    amountFen: first.payableFen + second.payableFen,
    explains: [
      { productId: first.productId },
      { productId: second.productId },
      { productId: first.productId },
    ],
  })
  expect(recap.durationSec).toBeGreaterThanOrEqual(90)
  expect(recap.durationSec).toBeLessThan(100)
})

test('an ended room keeps its numbers', async () => {
  const team = await market.newShop()
  const { id, shopId } = await stage.newSession(team)
  await live.noteOnline(id, 4)
  expect(await live.addHearts(id, 2)).toBe(2)
  await live.handlers.end(ctxOf(team.host), { shopId, id })
  await live.noteOnline(id, 40)
  expect(await live.addHearts(id, 20)).toBeUndefined()
  expect(await live.handlers.recap(ctxOf(team.host), { shopId, id })).toEqual({
    durationSec: 0,
    peakOnlineCount: 4,
    commentCount: 0,
    heartCount: 2,
    orderCount: 0,
    amountFen: 0,
    bestProduct: null,
    explains: [],
    polls: [],
  })
  expect(await live.handlers.room(ctxOf(team.host), { id })).toMatchObject({ onlineCount: 0 })
})

test('a restart forgets who watched, not how many there were', async () => {
  const team = await market.newShop()
  const { id, shopId } = await stage.newSession(team)
  await live.noteOnline(id, 4)
  await live.resetOnline()
  expect(await live.handlers.room(ctxOf(team.host), { id })).toMatchObject({ onlineCount: 0 })
  await live.handlers.end(ctxOf(team.host), { shopId, id })
  const recap = await live.handlers.recap(ctxOf(team.host), { shopId, id })
  expect(recap).toMatchObject({ peakOnlineCount: 4 })
})
