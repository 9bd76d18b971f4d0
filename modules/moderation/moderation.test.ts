import type { UserActor } from '@kaibo/contract/core/permissions'
import {
  type AppointedRole,
  appointedMax,
  findsPerDayMax,
  type SanctionKind,
  type SanctionMoved,
  sanctionMoved,
  teamChanged,
} from '@kaibo/contract/show/moderation'
import { createOutbox, subscriber } from '@kaibo/db/outbox'
import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, system, type Team, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)
const elsewhere = createStage(connect(), market)
const { live, chat, moderation } = stage
const { handlers } = moderation
const team = await market.newShop()
const room = await stage.newSession(team)
const rival = await market.newShop()
const rivalRoom = await stage.newSession(rival)

const heard: SanctionMoved[] = []
const teamNews: { userId: string; role: string | null }[] = []
const outbox = createOutbox({
  database,
  subscribers: [
    ...chat.subscribers,
    subscriber(sanctionMoved, {
      consumer: 'test.sanctions',
      handle: async (_tx, news) => void heard.push(news),
    }),
    subscriber(teamChanged, {
      consumer: 'test.team',
      handle: async (_tx, news) => void teamNews.push(news),
    }),
  ],
})

const settle = async () => {
  for (let round = 0; round < 10; round++) if ((await outbox.drain({ limit: 100 })) === 0) return
}

let guest: UserActor
beforeEach(async () => {
  guest = await market.newUser('小客')
})

type Judged = {
  by?: UserActor
  at?: { shopId: string; id: string }
  durationSec?: number | null
  sanctionId?: string
  removesComments?: boolean
  on?: typeof moderation
}
const judge = async (kind: SanctionKind, userId: string, options: Judged = {}) => {
  const { by = team.moderator, at = room, on = moderation, ...changes } = options
  return on.handlers.sanction(ctxOf(by), {
    ...{ shopId: at.shopId, id: at.id, sanctionId: newId(), userId, kind },
    ...{ durationSec: 600, reason: '刷屏', removesComments: false, ...changes },
  })
}
const say = async (by: UserActor, id = room.id, on = chat) =>
  on.handlers.send(ctxOf(by), { id, commentId: newId(), text: `你好 ${newId()}` })
const sanctions = async (isActive = true) =>
  (await handlers.sanctions(ctxOf(team.moderator), { shopId: team.shopId, isActive, limit: 100 }))
    .items
const lift = (id: string, by = team.moderator) =>
  handlers.lift(ctxOf(by), { shopId: team.shopId, id })
const enter = (userId: string, liveId = room.id) => moderation.mayEnter({ liveId, userId })
const token = (by: UserActor, liveId = room.id) => live.handlers.token(ctxOf(by), { liveId })
const passTime = (id: string) =>
  sql`update moderation_sanction set ends_at = clock_timestamp() where id = ${id}`.execute(
    database.db,
  )

describe('a mute', () => {
  test('stops one person in every process, says until when, and nobody else', async () => {
    const { until } = await judge('mute', guest.userId)
    for (const on of [chat, elsewhere.chat])
      await expect(say(guest, room.id, on)).rejects.toMatchObject({
        code: 'chat.muted',
        data: { until },
      })
    await say(await market.newUser())
    expect(await enter(guest.userId)).toBe(true)
    expect((await chat.handlers.mine(ctxOf(guest), { liveId: room.id })).mute).toEqual({ until })
  })

  test('ends by itself', async () => {
    const { id } = await judge('mute', guest.userId)
    await passTime(id)
    await say(guest)
    expect((await sanctions()).map(each => each.id)).not.toContain(id)
    expect((await chat.handlers.mine(ctxOf(guest), { liveId: room.id })).mute).toBeNull()
  })

  test('holds in the rooms of its shop and in no other', async () => {
    await judge('mute', guest.userId)
    await say(guest, rivalRoom.id)
  })

  test('takes the place of the one before', async () => {
    const first = await judge('mute', guest.userId)
    const second = await judge('mute', guest.userId, { durationSec: null })
    expect(second.until).toBeNull()
    const held = (await sanctions()).filter(({ person }) => person.id === guest.userId)
    expect(held.map(({ id }) => id)).toEqual([second.id])
    await lift(second.id)
    await say(guest)
    expect((await sanctions(false)).map(({ id }) => id)).toContain(first.id)
  })

  test('that is said again is one, also in a race', async () => {
    const sanctionId = newId()
    const tries = [moderation, elsewhere.moderation, moderation, elsewhere.moderation]
    const said = await Promise.all(tries.map(on => judge('mute', guest.userId, { sanctionId, on })))
    expect(new Set(said.map(each => JSON.stringify(each))).size).toBe(1)
    await settle()
    expect(heard.filter(each => each.sanctionId === sanctionId)).toHaveLength(1)
    const other = await market.newUser()
    await expect(judge('mute', other.userId, { sanctionId })).rejects.toMatchObject({
      code: 'live.not_found',
    })
  })

  test('is obeyed from the moment of its answer, whatever was being written', async () => {
    const writing = Promise.allSettled(
      Array.from({ length: 12 }, (_, at) =>
        say(guest, room.id, at % 2 === 0 ? chat : elsewhere.chat),
      ),
    )
    await judge('mute', guest.userId, { removesComments: true })
    const answers = await writing
    const refused = answers.flatMap(each => (each.status === 'rejected' ? [each.reason.code] : []))
    expect(refused.filter(code => code !== 'chat.muted')).toEqual([])
    await settle()
    const { items } = await chat.handlers.history(ctxOf(visitor), { id: room.id })
    expect(items.filter(({ author }) => author.id === guest.userId)).toEqual([])
  })

  test('is told to the person, and so is its end', async () => {
    const { id } = await judge('mute', guest.userId)
    await lift(id)
    await settle()
    const news = heard.filter(({ sanctionId }) => sanctionId === id)
    expect(news.map(({ isActive }) => isActive)).toEqual([true, false])
    expect(news[0]).toMatchObject({ userId: guest.userId, kind: 'mute', shopId: team.shopId })
  })
})

describe('a kick', () => {
  test('closes its room for a minute, for one person', async () => {
    const { id, until, at } = await judge('kick', guest.userId, { durationSec: null })
    expect(Date.parse(until ?? '') - Date.parse(at)).toBeCloseTo(60_000, -2)
    expect(await enter(guest.userId)).toBe(false)
    expect(await elsewhere.moderation.mayEnter({ liveId: room.id, userId: guest.userId })).toBe(
      false,
    )
    expect(await enter(guest.userId, rivalRoom.id)).toBe(true)
    expect(await enter(ownId(await market.newUser()))).toBe(true)
    await expect(token(guest)).rejects.toMatchObject({ code: 'room.kicked', data: { until } })
    await expect(say(guest)).rejects.toMatchObject({ code: 'room.kicked' })
    await passTime(id)
    expect(await enter(guest.userId)).toBe(true)
    await token(guest)
  })
})

describe('a ban', () => {
  test('closes the rooms of the shop, the next one too, until it is taken back', async () => {
    const shop = await market.newShop()
    const first = await stage.newSession(shop)
    const by = shop.moderator
    const ban = await judge('ban', guest.userId, { by, at: first, durationSec: null })
    await live.handlers.end(ctxOf(shop.host), { shopId: shop.shopId, id: first.id })
    const next = await stage.newSession(shop)
    expect(await enter(guest.userId, next.id)).toBe(false)
    await expect(token(guest, next.id)).rejects.toMatchObject({
      code: 'room.banned',
      data: { until: null },
    })
    await expect(say(guest, next.id)).rejects.toMatchObject({ code: 'room.banned' })
    expect(await enter(guest.userId)).toBe(true)
    await handlers.lift(ctxOf(by), { shopId: shop.shopId, id: ban.id })
    expect(await enter(guest.userId, next.id)).toBe(true)
    await say(guest, next.id)
  })

  test('takes away what the person wrote when it says so, and what was pinned of it', async () => {
    const { id: commentId } = await say(guest)
    const asked = { id: room.id, commentId: newId(), text: '几号？', kind: 'question' as const }
    await chat.handlers.send(ctxOf(guest), asked)
    const other = await say(await market.newUser())
    const at = { shopId: team.shopId, id: room.id }
    await chat.handlers.pin(ctxOf(team.assistant), { ...at, commentId })
    await judge('ban', guest.userId, { removesComments: true })
    await settle()
    const { items, board } = await chat.handlers.history(ctxOf(visitor), { id: room.id })
    expect(items.map(({ id }) => id)).toContain(other.id)
    expect(items.map(({ id }) => id)).not.toContain(commentId)
    expect(board.pinned).toBeNull()
    expect(stage.toldDesk.at(-1)).toMatchObject({ liveId: room.id, questionCount: 0 })
  })
})

const ownId = ({ userId }: UserActor) => userId

describe('who may judge whom', () => {
  const attempt = (by: UserActor, target: UserActor) =>
    judge('mute', target.userId, { by }).then(
      () => 'done',
      error => String(error.message),
    )
  test.each([
    ['owner', 'assistant', 'done'],
    ['host', 'moderator', 'done'],
    ['assistant', 'moderator', 'done'],
    ['assistant', 'clerk', 'done'],
    ['moderator', 'assistant', 'moderation.protected'],
    ['moderator', 'moderator', 'moderation.protected'],
    ['moderator', 'host', 'moderation.protected'],
    ['assistant', 'owner', 'moderation.protected'],
    ['owner', 'host', 'moderation.protected'],
    ['host', 'owner', 'moderation.protected'],
  ] as const)('%s against %s: %s', async (by, target, answer) => {
    const shop = await market.newShop()
    const at = await stage.newSession(shop)
    const said = judge('mute', shop[target].userId, { by: shop[by], at }).then(
      () => 'done',
      error => String(error.message),
    )
    expect(await said).toBe(answer)
  })

  test('the platform’s staff and oneself are never a target', async () => {
    const operatorId = await database.tx(tx =>
      market.account.ensureUser(tx, {
        phone: '13700000001',
        nickname: '平台',
        roles: ['operator'],
      }),
    )
    const operator = { ...guest, userId: operatorId }
    expect(await attempt(team.owner, operator)).toBe('moderation.protected')
    expect(await attempt(team.moderator, team.moderator)).toBe('moderation.protected')
  })

  test('somebody who does not exist, and a room of another shop, are not there', async () => {
    await expect(judge('mute', newId())).rejects.toMatchObject({ code: 'moderation.no_person' })
    const at = { shopId: team.shopId, id: rivalRoom.id }
    await expect(judge('mute', guest.userId, { at })).rejects.toMatchObject({
      code: 'live.not_found',
    })
  })

  test('nobody takes back what was done to themselves, or in another shop', async () => {
    const { id } = await judge('mute', team.moderator.userId, { by: team.host })
    await expect(lift(id)).rejects.toMatchObject({ code: 'moderation.protected' })
    const lifted = await lift(id, team.host)
    expect(lifted).toMatchObject({ isActive: false, liftedBy: { id: team.host.userId } })
    expect(await lift(id, team.host)).toEqual(lifted)
    const foreign = await judge('mute', guest.userId, { by: rival.host, at: rivalRoom })
    await expect(lift(foreign.id)).rejects.toMatchObject({ code: 'request.not_found' })
    expect((await sanctions(false)).map(each => each.id)).not.toContain(foreign.id)
  })
})

describe('the team', () => {
  const appoint = (userId: string, role: AppointedRole, shop: Team = team) =>
    handlers.appoint(ctxOf(shop.host), { shopId: shop.shopId, userId, role })
  const dismiss = (userId: string, shop: Team = team) =>
    handlers.dismiss(ctxOf(shop.host), { shopId: shop.shopId, userId })
  const roleOf = async ({ userId }: UserActor, { shopId }: Team = team) => {
    const { memberships } = await market.account.rolesOf(database.db, userId)
    return memberships.find(each => each.shopId === shopId)?.role
  }

  test('hosts find the person with exactly a phone number, and nothing but a name', async () => {
    const phone = '13612340001'
    const id = await database.tx(tx => market.account.ensureUser(tx, { phone, nickname: '小晴' }))
    const find = async (number: string, by = team.host) =>
      (await handlers.find(ctxOf(by), { shopId: team.shopId, phone: number })).person
    expect(await find(phone)).toEqual({ id, nickname: '小晴', avatarUrl: null })
    expect(await find('13612340002')).toBeNull()
    await expect(find(phone, team.assistant)).rejects.toMatchObject({ code: 'auth.forbidden' })
    await expect(find(phone, rival.host)).rejects.toMatchObject({ code: 'request.not_found' })
  })

  test('a shop looks for a few people a day, whether they are there or not', async () => {
    const { shopId, host } = await market.newShop()
    const find = () => handlers.find(ctxOf(host), { shopId, phone: '13612340003' })
    await sql`insert into moderation_find (shop_id, by_id)
      select ${shopId}, ${host.userId}
      from generate_series(1, ${findsPerDayMax - 1}::int)`.execute(database.db)
    const tries = await Promise.allSettled([find(), find(), find()])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(find()).rejects.toMatchObject({ code: 'team.find_limit' })
    await sql`update moderation_find set at = at - interval '25 hours'
      where shop_id = ${shopId}`.execute(database.db)
    await find()
  })

  test('hosts appoint, change and dismiss; saying it twice tells it once', async () => {
    const member = await appoint(guest.userId, 'moderator')
    expect(member).toMatchObject({ person: { id: guest.userId }, role: 'moderator' })
    expect(await appoint(guest.userId, 'moderator')).toEqual(member)
    await appoint(guest.userId, 'assistant')
    expect(await roleOf(guest)).toBe('assistant')
    const { items } = await handlers.team(ctxOf(team.moderator), { shopId: team.shopId })
    expect(items.map(each => each.role)).toEqual(
      expect.arrayContaining(['owner', 'host', 'clerk', 'assistant', 'moderator']),
    )
    await dismiss(guest.userId)
    await dismiss(guest.userId)
    expect(await roleOf(guest)).toBeUndefined()
    await settle()
    const roles = teamNews.filter(({ userId }) => userId === guest.userId).map(({ role }) => role)
    expect(roles).toEqual(['moderator', 'assistant', null])
  })

  test('those with another role keep it', async () => {
    const taken = { code: 'team.has_role' }
    for (const member of [team.owner, team.host, team.clerk]) {
      await expect(appoint(member.userId, 'moderator')).rejects.toMatchObject(taken)
      await expect(dismiss(member.userId)).rejects.toMatchObject(taken)
    }
    expect(await roleOf(team.clerk)).toBe('clerk')
    await expect(appoint(newId(), 'moderator')).rejects.toMatchObject({
      code: 'moderation.no_person',
    })
  })

  test('the last place is taken once', async () => {
    const shop = await market.newShop()
    await sql`insert into shop_member (shop_id, user_id, role)
      select ${shop.shopId}, gen_random_uuid(), 'moderator'
      from generate_series(1, ${appointedMax - 3}::int)`.execute(database.db)
    const people = [await market.newUser(), await market.newUser(), await market.newUser()]
    const answers = await Promise.allSettled(
      people.map(({ userId }) => appoint(userId, 'assistant', shop)),
    )
    expect(answers.map(each => each.status).toSorted()).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
    ])
  })

  test('only those who host appoint, and nobody from outside', async () => {
    const wanted = { shopId: team.shopId, userId: guest.userId, role: 'moderator' as const }
    for (const by of [team.assistant, team.moderator, team.clerk, guest])
      await expect(handlers.appoint(ctxOf(by), wanted)).rejects.toMatchObject({
        code: 'auth.forbidden',
      })
    await expect(handlers.appoint(ctxOf(rival.owner), wanted)).rejects.toMatchObject({
      code: 'request.not_found',
    })
    expect(await handlers.appoint(ctxOf(system), wanted)).toMatchObject({ role: 'moderator' })
  })
})
