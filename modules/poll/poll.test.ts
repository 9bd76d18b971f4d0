import type { UserActor } from '@kaibo/contract/core/permissions'
import type { PollTally } from '@kaibo/contract/show/poll'
import type { Database } from '@kaibo/db/database'
import { silentLog } from '@kaibo/db/log'
import { type Id, newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, userActor, visitor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createPoll } from './index.ts'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const stage = createStage(database, market)
const said: { liveId: Id; tally: PollTally }[] = []
const noted: { liveId: Id; userId: Id }[] = []
const processOn = (pool: Database) =>
  createPoll({
    database: pool,
    log: silentLog,
    live: stage.live,
    account: market.account,
    say: each => void said.push(each),
    noted: each => void noted.push(each),
  })
const polls = processOn(database)
const elsewhere = processOn(connect())

const vote = { kind: 'vote' as const, rightOption: null }
const quiz = { kind: 'quiz' as const, rightOption: 1 }
const question = { question: '产地是？', options: ['杭州', '武夷山', '云南'], windowSec: 60 }

/** A room of a shop of its own. */
async function newRoom() {
  const team = await market.newShop()
  const { id, shopId } = await stage.newSession(team)
  const host = ctxOf(team.host)
  const at = (pollId: Id) => ({ shopId, id, pollId })
  const create = async (change: Partial<typeof question> & (typeof vote | typeof quiz) = vote) => {
    const made = await polls.handlers.create(host, { ...at(newId()), ...question, ...change })
    return made.id
  }
  const open = (pollId: Id, by = polls) => by.handlers.open(host, at(pollId))
  return {
    ...{ id, shopId, team, host, at, create, open },
    opened: async (change: Parameters<typeof create>[0] = vote) =>
      (await open(await create(change))).id,
    close: (pollId: Id, by = polls) => by.handlers.close(host, at(pollId)),
    vote: (pollId: Id, option: number, actor: UserActor = userActor(), by = polls) =>
      by.handlers.vote(ctxOf(actor), { liveId: id, pollId, option }),
    seen: async (pollId: Id) => {
      const { items } = await polls.handlers.list(ctxOf(visitor), { id })
      return items.find(poll => poll.id === pollId)
    },
    mine: async (actor: UserActor) =>
      (await polls.handlers.mine(ctxOf(actor), { liveId: id })).items,
    end: async () => {
      await stage.live.handlers.end(host, { shopId, id })
      const told = { liveId: id, shopId, state: 'ended' }
      await database.tx(async tx => polls.subscribers[0]?.handle(tx, told, '1'))
    },
  }
}
const refused = (code: string) => ({ code })
const outcomes = (results: PromiseSettledResult<unknown>[]) =>
  results.map(each => (each.status === 'fulfilled' ? 'ok' : each.reason.code))
/** The bell of a poll rang so many seconds ago. */
const rangAgo = (pollId: Id, seconds: number) =>
  sql`update poll set opened_at = now() - interval '100 s',
    closes_at = now() - make_interval(secs => ${seconds}) where id = ${pollId}`.execute(database.db)
const movesOf = async (pollId: Id) => {
  const { rows } = await sql<{ state: string }>`
    select payload ->> 'state' as state from outbox_event
    where name = 'poll.moved' and payload ->> 'pollId' = ${pollId} order by seq`.execute(
    database.db,
  )
  return rows.map(row => row.state)
}

test('one person votes once, whichever process hears it first; the same vote again answers alike', async () => {
  const room = await newRoom()
  const pollId = await room.opened()
  const ann = userActor()
  const tries = Array.from({ length: 12 }, (_, n) =>
    room.vote(pollId, n % 3, ann, n % 2 ? elsewhere : polls),
  )
  const results = outcomes(await Promise.allSettled(tries))
  const [mine] = await room.mine(ann)
  expect(results).toEqual(results.map((_, n) => (n % 3 === mine?.option ? 'ok' : 'poll.voted')))
  expect(await room.seen(pollId)).toMatchObject({ voterCount: 1 })
})

test('however many vote in several processes, the tally is what the votes are', async () => {
  const room = await newRoom()
  const pollId = await room.opened()
  const people = Array.from({ length: 90 }, () => userActor())
  await Promise.all(
    people.map((person, n) => room.vote(pollId, n % 3, person, n % 2 ? elsewhere : polls)),
  )
  expect(await room.seen(pollId)).toMatchObject({ voterCount: 90, counts: [30, 30, 30] })
  expect(await polls.check(database.db)).toMatchObject({ ok: true, findings: [] })
  await sql`update poll_tally set vote_count = 31 where poll_id = ${pollId} and option = 2`.execute(
    database.db,
  )
  expect(await polls.check(database.db)).toMatchObject({
    ok: false,
    findings: [{ subject: `option 2 of poll ${pollId}`, expected: '30 votes', found: '31' }],
  })
})

test('while people vote the room is told now and then, and the last thing it hears is true', async () => {
  const room = await newRoom()
  const pollId = await room.opened()
  const startedMs = performance.now()
  for (let n = 0; n < 40; n++) await room.vote(pollId, 0)
  const heard = () => said.filter(each => each.tally.pollId === pollId)
  await expect.poll(() => heard().at(-1)?.tally.voterCount).toBe(40)
  expect(heard().length).toBeLessThanOrEqual((performance.now() - startedMs) / 1_000 + 1)
  expect(heard()[0]?.liveId).toBe(room.id)
})

test('votes after the bell are refused, whether or not anybody has closed the poll', async () => {
  const room = await newRoom()
  const pollId = await room.opened()
  await room.vote(pollId, 2)
  await rangAgo(pollId, 0.01)
  await expect(room.vote(pollId, 0)).rejects.toMatchObject(refused('poll.over'))
  await rangAgo(pollId, 5)
  await Promise.all([polls.closeDue(), elsewhere.closeDue()])
  await expect(room.vote(pollId, 0)).rejects.toMatchObject(refused('poll.over'))
  expect(await room.seen(pollId)).toMatchObject({ state: 'closed', counts: [0, 0, 1] })
  expect(await movesOf(pollId)).toEqual(['open', 'closed'])
})

test('of votes that race with the end, those that were accepted are in the result', async () => {
  const room = await newRoom()
  const pollId = await room.opened()
  const votes = Array.from({ length: 40 }, (_, n) =>
    room.vote(pollId, 1, userActor(), n % 2 ? elsewhere : polls),
  )
  const [closed, ...results] = await Promise.allSettled([room.close(pollId, elsewhere), ...votes])
  const accepted = outcomes(results).filter(each => each === 'ok').length
  expect(closed?.status).toBe('fulfilled')
  expect(await room.seen(pollId)).toMatchObject({ voterCount: accepted })
  expect(closed).toMatchObject({ value: { voterCount: accepted } })
})

test('one poll at a time is open in a room, also in a race', async () => {
  const room = await newRoom()
  const [first, second] = [await room.create(), await room.create()]
  const results = await Promise.allSettled([room.open(first), room.open(second, elsewhere)])
  expect(outcomes(results).toSorted()).toEqual(['ok', 'poll.already_open'])
  const [openId, otherId] = results[0]?.status === 'fulfilled' ? [first, second] : [second, first]
  // Its bell has rung, and nobody has come by to close it.
  await rangAgo(openId, 0.01)
  expect(await room.open(otherId)).toMatchObject({ state: 'open' })
  expect(await room.seen(openId)).toMatchObject({ state: 'closed' })
})

test('a quiz keeps its answer until the bell, and ranks who was right by time', async () => {
  const room = await newRoom()
  const pollId = await room.opened(quiz)
  const [ann, bo, cy] = [await market.newUser('小安'), await market.newUser('小波'), userActor()]
  await room.vote(pollId, 1, bo)
  await room.vote(pollId, 0, cy)
  await room.vote(pollId, 1, ann)
  expect(await room.seen(pollId)).toMatchObject({ voterCount: 3, counts: null, rightOption: null })
  expect(await room.mine(bo)).toMatchObject([{ option: 1, isRight: null, rank: null }])
  const place = { id: room.id, pollId }
  expect(await polls.handlers.ranking(ctxOf(visitor), place)).toEqual({ items: [] })
  const desk = await polls.handlers.manageList(room.host, { shopId: room.shopId, id: room.id })
  expect(desk.items).toMatchObject([{ counts: [1, 2, 0], rightOption: 1 }])

  // However fast the machine is: one after the other.
  await sql`update poll_vote set voted_at = voted_at + interval '2 s'
    where poll_id = ${pollId} and user_id = ${ann.userId}`.execute(database.db)
  await room.close(pollId)
  expect(await room.seen(pollId)).toMatchObject({ counts: [1, 2, 0], rightOption: 1 })
  const { items } = await polls.handlers.ranking(ctxOf(visitor), place)
  expect(items.map(({ rank, person }) => [rank, person.nickname])).toEqual([
    [1, '小波'],
    [2, '小安'],
  ])
  expect(await room.mine(ann)).toMatchObject([{ isRight: true, rank: 2 }])
  expect(await room.mine(cy)).toMatchObject([{ isRight: false, rank: null }])
})

test('the end of the room rings the bell, and closed polls are in the recap', async () => {
  const room = await newRoom()
  const [first, second] = [await room.opened(), await room.create(quiz)]
  await room.vote(first, 0)
  await room.close(first)
  await room.open(second)
  await room.create()
  await room.end()
  expect(await room.seen(second)).toMatchObject({ state: 'closed' })
  expect(await polls.resultsOf(database.db, room.id)).toMatchObject([
    { id: first, counts: [1, 0, 0] },
    { id: second, rightOption: 1 },
  ])
  await expect(room.create()).rejects.toMatchObject(refused('live.ended'))
  await expect(room.open(first)).rejects.toMatchObject(refused('live.ended'))
})

test('a prepared poll is seen at the desk alone, and can be dropped until it opens', async () => {
  const room = await newRoom()
  const [kept, dropped] = [await room.create(), await room.create()]
  await polls.handlers.remove(room.host, room.at(dropped))
  await polls.handlers.remove(room.host, room.at(dropped))
  expect(await room.seen(kept)).toBeUndefined()
  await expect(room.vote(kept, 0)).rejects.toMatchObject(refused('poll.over'))
  await room.open(kept)
  expect(await room.open(kept)).toMatchObject({ id: kept, state: 'open' })
  await expect(polls.handlers.remove(room.host, room.at(kept))).rejects.toMatchObject(
    refused('poll.wrong_state'),
  )
  expect(await movesOf(kept)).toEqual(['open'])
})

test('votes name a poll of the room and an option that there is, and voters are noted as active', async () => {
  const [room, other] = [await newRoom(), await newRoom()]
  const pollId = await room.opened()
  await expect(other.vote(pollId, 0)).rejects.toMatchObject(refused('poll.not_found'))
  await expect(room.vote(newId(), 0)).rejects.toMatchObject(refused('poll.not_found'))
  await expect(room.vote(pollId, 5)).rejects.toMatchObject(refused('request.invalid'))
  const voter = userActor()
  await room.vote(pollId, 1, voter)
  expect(noted.filter(each => each.liveId === room.id)).toEqual([
    { liveId: room.id, userId: voter.userId },
  ])
})

test.each<[string, Parameters<Awaited<ReturnType<typeof newRoom>>['create']>[0]]>([
  ['two options that are alike', { ...vote, options: ['茶', '茶'] }],
  ['a quiz without that answer', { ...quiz, options: ['茶'], rightOption: 1 }],
])('nobody asks with %s', async (_, change) => {
  const room = await newRoom()
  await expect(room.create(change)).rejects.toMatchObject(refused('poll.invalid'))
})
