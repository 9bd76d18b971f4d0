import { randomUUID } from 'node:crypto'
import type { Actor, UserActor } from '@kaibo/contract/core/permissions'
import { shareWindowMs } from '@kaibo/contract/people/share-link'
import type { Database } from '@kaibo/db/database'
import { createOutbox } from '@kaibo/db/outbox'
import { newId } from '@kaibo/kernel/ids'
import { createMarket, orderRequest, placeOne } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createShare } from './index.ts'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)

const processOn = (pool: Database) => {
  const share = createShare({
    database: pool,
    live: stage.live,
    account: market.account,
    order: market.order,
    originOf: host => `http://${host}`,
  })
  const outbox = createOutbox({ database: pool, subscribers: share.subscribers })
  return { ...share, ...share.handlers, outbox }
}
const one = processOn(database)
const two = processOn(connect())

const newRoom = async () => {
  const team = await market.newShop()
  const { id: liveId } = await stage.newSession(team)
  return { team, liveId }
}
type Room = Awaited<ReturnType<typeof newRoom>>
const linkOf = async (who: UserActor, { liveId }: Room) =>
  (await one.card(ctxOf(who), { liveId })).shareId ?? ''
type Visit = { room: Room; shareId: string; deviceId?: string; at?: typeof one }
const visit = (who: Actor, { room, shareId, deviceId = randomUUID(), at = one }: Visit) =>
  at.visit(ctxOf(who, { deviceId: () => deviceId }), { liveId: room.liveId, shareId })
const totals = async ({ team, liveId }: Room) =>
  (await one.ofRoom(ctxOf(team.host), { shopId: team.shopId, id: liveId })).items

const paid = async (buyer: Awaited<ReturnType<typeof market.newBuyer>>, { team }: Room) => {
  const { skus } = await market.newProduct(team)
  const goods = skus.map(sku => ({ sku, quantity: 1 }))
  const order = await placeOne(market, buyer, orderRequest(buyer, goods))
  await database.tx(tx => market.order.markPaid(tx, { orderId: order.id, paidAt: new Date() }))
  return order
}
const drain = async () => {
  while ((await one.outbox.drain({ limit: 100 })) + (await two.outbox.drain({ limit: 100 })) > 0);
}

test('a person has one link per room, however often they share; visitors share without one', async () => {
  const [room, ann, bo] = [await newRoom(), await market.newUser(), await market.newUser()]
  const cards = await Promise.all(
    [one, two, one, two].map(each => each.card(ctxOf(ann), { liveId: room.liveId })),
  )
  const [card] = cards
  expect(new Set(cards.map(each => each.shareId)).size).toBe(1)
  expect(card).toMatchObject({
    url: `http://localhost:8080/live/${room.liveId}?s=${card?.shareId}`,
    title: '春茶上新',
    imageUrl: null,
  })
  expect(card?.text).toMatch(/^测试店铺 .* · 测试用户$/)
  expect(await linkOf(bo, room)).not.toBe(card?.shareId)
  expect(await one.card(ctxOf(visitor), { liveId: room.liveId })).toMatchObject({
    shareId: null,
    url: `http://localhost:8080/live/${room.liveId}`,
  })
  await expect(one.card(ctxOf(ann), { liveId: newId() })).rejects.toThrow('live.not_found')
})

test('a visitor counts once, also on another device, in another tab, and after signing in', async () => {
  const [room, ann, bo] = [await newRoom(), await market.newUser(), await market.newUser()]
  const shareId = await linkOf(ann, room)
  const [phone, desktop] = [randomUUID(), randomUUID()]
  await visit(visitor, { room, shareId, deviceId: phone })
  await visit(visitor, { room, shareId, deviceId: phone })
  expect(await totals(room)).toMatchObject([{ visitorCount: 1 }])
  await visit(bo, { room, shareId, deviceId: phone })
  await visit(bo, { room, shareId, deviceId: desktop })
  // Signed out again, it is still Bo's browser.
  await visit(visitor, { room, shareId, deviceId: desktop })
  expect(await totals(room)).toMatchObject([{ visitorCount: 1 }])
  await visit(visitor, { room, shareId })
  expect(await totals(room)).toMatchObject([{ visitorCount: 2 }])
})

test('what one visitor opens at once in two processes counts once', async () => {
  const [room, ann, bo] = [await newRoom(), await market.newUser(), await market.newUser()]
  const shareId = await linkOf(ann, room)
  const deviceId = randomUUID()
  const opens = (who: Actor, device: string) =>
    [one, two, one, two].map(at => visit(who, { room, shareId, deviceId: device, at }))
  await Promise.all([...opens(bo, randomUUID()), ...opens(visitor, deviceId)])
  expect(await totals(room)).toMatchObject([{ visitorCount: 2 }])
})

test('sharers do not visit themselves, signed in or found out', async () => {
  const [room, ann] = [await newRoom(), await market.newUser()]
  const shareId = await linkOf(ann, room)
  const deviceId = randomUUID()
  expect(await visit(ann, { room, shareId })).toEqual({ isCounted: false })
  expect(await totals(room)).toMatchObject([{ visitorCount: 0 }])
  expect(await visit(visitor, { room, shareId, deviceId })).toEqual({ isCounted: true })
  await visit(ann, { room, shareId, deviceId })
  expect(await totals(room)).toMatchObject([{ visitorCount: 0 }])
})

test('a link that does not exist or leads to another room is nobody’s', async () => {
  const [room, other, ann] = [await newRoom(), await newRoom(), await market.newUser()]
  const shareId = await linkOf(ann, room)
  const nobodys = { isCounted: false }
  expect(await visit(visitor, { room: other, shareId })).toEqual(nobodys)
  expect(await visit(visitor, { room, shareId: newId() })).toEqual(nobodys)
  expect(await totals(room)).toMatchObject([{ visitorCount: 0 }])
  expect(await totals(other)).toEqual([])
})

test('a paid order counts for the link entered last, wherever it was placed', async () => {
  const [room, ann, bo] = [await newRoom(), await market.newUser(), await market.newUser()]
  const buyer = await market.newBuyer()
  for (const sharer of [bo, ann])
    await visit(buyer.actor, { room, shareId: await linkOf(sharer, room) })
  const { payableFen } = await paid(buyer, room)
  await drain()
  expect(await totals(room)).toMatchObject([
    { sharer: { id: ann.userId }, visitorCount: 1, orderCount: 1, amountFen: payableFen },
    { sharer: { id: bo.userId }, visitorCount: 1, orderCount: 0, amountFen: 0 },
  ])
  expect(await one.mine(ctxOf(ann), { liveId: room.liveId })).toEqual({
    visitorCount: 1,
    orderCount: 1,
  })
})

test('who came too long ago, by no link, or to another shop, bought by themselves', async () => {
  const [room, other, ann] = [await newRoom(), await newRoom(), await market.newUser()]
  const [late, stranger] = [await market.newBuyer(), await market.newBuyer()]
  const shareId = await linkOf(ann, room)
  await visit(late.actor, { room, shareId })
  await sql`update share_visit set came_at = came_at - make_interval(secs => ${shareWindowMs / 1_000})`.execute(
    database.db,
  )
  await visit(stranger.actor, { room: other, shareId: await linkOf(ann, other) })
  for (const buyer of [late, stranger]) await paid(buyer, room)
  await drain()
  expect(await totals(room)).toMatchObject([{ visitorCount: 1, orderCount: 0 }])
  await visit(late.actor, { room, shareId })
  await paid(late, room)
  await drain()
  expect(await totals(room)).toMatchObject([{ visitorCount: 1, orderCount: 1 }])
})

test('a cancelled order counts no more, whichever news comes first', async () => {
  const [room, ann, buyer] = [await newRoom(), await market.newUser(), await market.newBuyer()]
  await visit(buyer.actor, { room, shareId: await linkOf(ann, room) })
  const cancel = (orderId: string) =>
    market.order.handlers.cancel(ctxOf(buyer.actor), { id: orderId, reason: 'changed_mind' })

  const first = await paid(buyer, room)
  await drain()
  expect(await totals(room)).toMatchObject([{ orderCount: 1 }])
  await cancel(first.id)
  await drain()
  expect(await totals(room)).toMatchObject([{ orderCount: 0, amountFen: 0 }])

  // The payment is told when the order is long closed.
  const second = await paid(buyer, room)
  await cancel(second.id)
  await drain()
  expect(await totals(room)).toMatchObject([{ orderCount: 0 }])
})

test('the shop that a link leads to is known, and no link is made up', async () => {
  const [room, other, ann] = [await newRoom(), await newRoom(), await market.newUser()]
  const [here, there] = [await linkOf(ann, room), await linkOf(ann, other)]
  expect(await one.shopIdsOf(database.db, [here, there, newId()])).toEqual(
    new Map([
      [here, room.team.shopId],
      [there, other.team.shopId],
    ]),
  )
})

test('totals of a session are for its shop alone', async () => {
  const [room, other, ann] = [await newRoom(), await newRoom(), await market.newUser()]
  const { shopId } = other.team
  await linkOf(ann, room)
  const foreign = one.ofRoom(ctxOf(other.team.host), { shopId, id: room.liveId })
  await expect(foreign).rejects.toThrow('live.not_found')
  await expect(one.ofRoom(ctxOf(ann), { shopId, id: other.liveId })).rejects.toThrow(
    'auth.forbidden',
  )
  await expect(one.mine(ctxOf(visitor), { liveId: room.liveId })).rejects.toThrow('auth.required')
})
