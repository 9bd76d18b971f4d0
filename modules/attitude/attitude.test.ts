import type { UserActor } from '@kaibo/contract/core/permissions'
import type { Attitude } from '@kaibo/contract/show/attitude'
import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { type AttitudeNeeds, createAttitude } from './index.ts'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)
const team = await market.newShop()

const shown: Parameters<AttitudeNeeds['say']>[] = []
beforeEach(() => void shown.splice(0))
const processOn = (pool: typeof database) =>
  createAttitude({
    database: pool,
    live: stage.live,
    say: ({ id, shopId }, totals) => void shown.push([{ id, shopId }, totals]),
  })
const one = processOn(database)
const two = processOn(connect())

const newRoom = async () => {
  for (const { id } of (
    await stage.live.handlers.sessions(ctxOf(team.host), { shopId: team.shopId, limit: 1 })
  ).items)
    await stage.live.handlers.end(ctxOf(team.host), { shopId: team.shopId, id })
  return (await stage.newSession(team)).id
}
const say = (who: UserActor, id: string, attitude: Attitude | null) =>
  one.handlers.set(ctxOf(who), { liveId: id, attitude })
const totals = (id: string) => one.handlers.totals(ctxOf(team.host), { shopId: team.shopId, id })

test('viewers see the approval, the host sees both totals, and both are pushed', async () => {
  const [id, ann, bo] = [await newRoom(), await market.newUser(), await market.newUser()]
  expect(await say(ann, id, 'up')).toEqual({ mine: 'up', mayFlip: true, upCount: 1 })
  await say(bo, id, 'down')
  expect(await one.handlers.view(ctxOf(bo), { liveId: id })).toEqual({
    mine: 'down',
    mayFlip: true,
    upCount: 1,
  })
  expect(await one.handlers.view(ctxOf(visitor), { liveId: id })).toMatchObject({
    mine: null,
    upCount: 1,
  })
  expect(await totals(id)).toEqual({ upCount: 1, downCount: 1 })
  const room = { id, shopId: team.shopId }
  expect(shown).toEqual([
    [room, { upCount: 1, downCount: 0 }],
    [room, { upCount: 1, downCount: 1 }],
  ])
})

test('a mind is changed once, and nothing is pushed for what changes nothing', async () => {
  const [id, ann] = [await newRoom(), await market.newUser()]
  await say(ann, id, 'up')
  await say(ann, id, 'up')
  expect(await say(ann, id, 'down')).toEqual({ mine: 'down', mayFlip: false, upCount: 0 })
  await expect(say(ann, id, 'up')).rejects.toThrow('attitude.flipped')
  expect(await totals(id)).toEqual({ upCount: 0, downCount: 1 })
  expect(shown).toHaveLength(2)
})

test('what one person presses at once in two processes counts once', async () => {
  const [id, ann] = [await newRoom(), await market.newUser()]
  const presses = Array.from({ length: 8 }, (_, at) =>
    (at % 2 ? one : two).handlers.set(ctxOf(ann), { liveId: id, attitude: 'up' }),
  )
  await Promise.all(presses)
  expect(await totals(id)).toEqual({ upCount: 1, downCount: 0 })
})

test('however many change their minds at once, totals are what the marks count', async () => {
  const id = await newRoom()
  const people = await Promise.all(Array.from({ length: 6 }, () => market.newUser()))
  const wishes = ['up', 'down', null, 'up', null, 'down'] as const
  await Promise.allSettled(
    people.flatMap((who, from) =>
      wishes.map((_, at) =>
        (at % 2 ? one : two).handlers.set(ctxOf(who), {
          liveId: id,
          attitude: wishes[(from + at) % wishes.length] ?? null,
        }),
      ),
    ),
  )
  const marks = await Promise.all(people.map(who => one.handlers.view(ctxOf(who), { liveId: id })))
  const countOf = (side: Attitude) => marks.filter(({ mine }) => mine === side).length
  expect(await totals(id)).toEqual({ upCount: countOf('up'), downCount: countOf('down') })
  expect(await one.check(database.db)).toMatchObject({ ok: true, findings: [] })
  await sql`update attitude_total set up_count = up_count + 1 where live_id = ${id}`.execute(
    database.db,
  )
  expect(await one.check(database.db)).toMatchObject({
    ok: false,
    findings: [{ subject: `live ${id}` }],
  })
})

test('an ended room, an unknown one and one of another shop are refused', async () => {
  const [id, ann, other] = [await newRoom(), await market.newUser(), await market.newShop()]
  await say(ann, id, 'up')
  await stage.live.handlers.end(ctxOf(team.host), { shopId: team.shopId, id })
  await expect(say(ann, id, 'down')).rejects.toThrow('live.ended')
  expect(await totals(id)).toEqual({ upCount: 1, downCount: 0 })
  await expect(say(ann, newId(), 'up')).rejects.toThrow('live.not_found')
  await expect(one.handlers.view(ctxOf(ann), { liveId: newId() })).rejects.toThrow('live.not_found')
  const foreign = one.handlers.totals(ctxOf(other.host), { shopId: other.shopId, id })
  await expect(foreign).rejects.toThrow('live.not_found')
  await expect(one.handlers.set(ctxOf(visitor), { liveId: id, attitude: 'up' })).rejects.toThrow(
    'auth.required',
  )
})
