import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import { type Poll, pollMoved, pollRankingMax, pollsPerRoomMax } from '@kaibo/contract/show/poll'
import type { Database, Db, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import type { Account } from '@kaibo/modules/account'
import type { Live } from '@kaibo/modules/live'
import { decidePlan, type PollPlan, pollLife } from './rules.ts'
import * as store from './store.ts'
import { type Eyes, viewOf } from './views.ts'
import { fastest } from './vote-store.ts'

export type PollLifeNeeds = {
  readonly database: Database
  readonly live: Pick<Live, 'facts'>
  readonly account: Pick<Account, 'peopleByIds'>
}

/** A room of a shop. */
type Place = { shopId: Id; liveId: Id }
type At = Place & { pollId: Id }
type Listed = { items: Poll[]; now: string }

/** Polls of a room that are or were open, newest first. Throws `live.not_found`. */
export async function list(needs: PollLifeNeeds, liveId: Id): Promise<Listed> {
  if (!(await needs.live.facts(needs.database.db, liveId))) throw fail('live.not_found')
  return listed(needs, { liveId, states: ['open', 'closed'] }, 'viewer')
}

/** The same with prepared ones and answers, for the desk. Throws `live.not_found`. */
export async function manageList(needs: PollLifeNeeds, actor: Actor, at: Place): Promise<Listed> {
  requireShop(actor, 'room.assist', at.shopId)
  const { liveId } = at
  await requireRoom(needs, needs.database.db, at)
  return listed(needs, { liveId, states: pollLife.states }, 'desk')
}

async function listed(
  { database: { db } }: PollLifeNeeds,
  query: Pick<Parameters<typeof store.pollsOfRoom>[1], 'liveId' | 'states'>,
  eyes: Eyes,
): Promise<Listed> {
  const polls = await store.pollsOfRoom(db, { ...query, limit: pollsPerRoomMax })
  const now = polls[0]?.now ?? (await store.clock(db))
  return { items: polls.map(poll => viewOf(poll, eyes)), now: now.toISOString() }
}

/** Closed polls of a session with their results, oldest first, for its recap. */
export async function resultsOf(db: Db, liveId: Id): Promise<Poll[]> {
  const wanted = { liveId, states: ['closed'], limit: pollsPerRoomMax } as const
  const polls = await store.pollsOfRoom(db, wanted)
  return polls.reverse().map(poll => viewOf(poll, 'viewer'))
}

/** Who answered a closed quiz right, fastest first. Throws `poll.not_found`. */
export async function ranking(
  { database: { db }, account }: PollLifeNeeds,
  { liveId, pollId }: { liveId: Id; pollId: Id },
) {
  const poll = await store.pollById(db, pollId)
  if (poll?.liveId !== liveId || poll.state === 'ready') throw fail('poll.not_found')
  if (poll.state === 'open') return { items: [] }
  const winners = await fastest(db, { pollId, limit: pollRankingMax })
  const people = await account.peopleByIds(
    db,
    winners.map(({ userId }) => userId),
  )
  const items = winners.map(({ userId: id, elapsedMs }, place) => {
    const person = people.get(id) ?? { id, nickname: '', avatarUrl: null }
    return { rank: place + 1, person, elapsedMs }
  })
  return { items }
}

/**
 * Prepares a poll; the same call again answers with the poll. Throws `live.not_found`, `live.ended`,
 * `poll.invalid`, `poll.too_many`, or `poll.not_found` for an id that is another room's.
 */
export async function create(
  needs: PollLifeNeeds,
  actor: Actor,
  { shopId, liveId, pollId, ...plan }: At & PollPlan,
): Promise<Poll> {
  requireShop(actor, 'room.assist', shopId)
  decidePlan(plan)
  return needs.database.tx(async tx => {
    await store.lockRoom(tx, liveId)
    await requireOpenRoom(needs, tx, { shopId, liveId })
    if (!(await store.pollById(tx, pollId))) {
      const known = { liveId, states: pollLife.states, limit: pollsPerRoomMax }
      const { length: knownCount } = await store.pollsOfRoom(tx, known)
      if (knownCount === pollsPerRoomMax) throw fail('poll.too_many', { pollsPerRoomMax })
      await store.insertPoll(tx, { id: pollId, liveId, shopId, ...plan })
    }
    return viewOf(await pollAt(tx, { liveId, pollId }), 'desk')
  })
}

/**
 * Opens a prepared poll; open already, it stays as it is. Throws `live.not_found`, `live.ended`,
 * `poll.not_found`, `poll.wrong_state`, `poll.already_open`.
 */
export async function open(needs: PollLifeNeeds, actor: Actor, at: At): Promise<Poll> {
  requireShop(actor, 'room.assist', at.shopId)
  return needs.database.tx(async tx => {
    await store.lockRoom(tx, at.liveId)
    await requireOpenRoom(needs, tx, at)
    const { state } = await pollAt(tx, at)
    if (state === 'closed') throw fail('poll.wrong_state')
    if (state === 'ready') {
      if (await openPollOf(tx, at.liveId)) throw fail('poll.already_open')
      await store.movePoll(tx, at.pollId, 'open')
      await tell(tx, at, 'open')
    }
    return viewOf(await pollAt(tx, at), 'desk')
  })
}

/** The poll that is open in a room; one whose bell has rung is closed on the way. */
async function openPollOf(tx: Tx, liveId: Id): Promise<store.PollRow | undefined> {
  const [poll] = await store.pollsOfRoom(tx, { liveId, states: ['open'], limit: 1 })
  if (!poll?.closesAt || poll.closesAt > poll.now) return poll
  await ring(tx, { liveId, pollId: poll.id })
  return undefined
}

/** Rings the bell now. Throws `live.not_found`, `poll.not_found`, `poll.wrong_state`. */
export async function close(needs: PollLifeNeeds, actor: Actor, at: At): Promise<Poll> {
  requireShop(actor, 'room.assist', at.shopId)
  return needs.database.tx(async tx => {
    await store.lockRoom(tx, at.liveId)
    await requireRoom(needs, tx, at)
    const { state } = await pollAt(tx, at)
    if (state === 'ready') throw fail('poll.wrong_state')
    await ring(tx, at)
    return viewOf(await pollAt(tx, at), 'desk')
  })
}

/** Drops a prepared poll; again changes nothing. Throws `live.not_found`, `poll.wrong_state`. */
export async function remove(needs: PollLifeNeeds, actor: Actor, at: At): Promise<void> {
  requireShop(actor, 'room.assist', at.shopId)
  const { liveId, pollId } = at
  await needs.database.tx(async tx => {
    await requireRoom(needs, tx, at)
    if (await store.deleteReady(tx, { id: pollId, liveId })) return
    if ((await store.pollById(tx, pollId))?.liveId === liveId) throw fail('poll.wrong_state')
  })
}

/** The session ended, and with it the poll that was open. */
export async function closeOfRoom(tx: Tx, liveId: Id): Promise<void> {
  await store.lockRoom(tx, liveId)
  const [poll] = await store.pollsOfRoom(tx, { liveId, states: ['open'], limit: 1 })
  if (poll) await ring(tx, { liveId, pollId: poll.id })
}

/** Votes that were received before the bell have so long to be written. */
const settleMs = 500
const dueMax = 100

/** Closes polls whose bell has rung; returns how many it tried. */
export async function closeDue({ database }: PollLifeNeeds): Promise<number> {
  const due = await store.duePolls(database.db, { settleMs, limit: dueMax })
  for (const { id: pollId, liveId } of due) await database.tx(tx => ring(tx, { liveId, pollId }))
  return due.length
}

async function ring(tx: Tx, at: { liveId: Id; pollId: Id }): Promise<void> {
  if (await store.movePoll(tx, at.pollId, 'close')) await tell(tx, at, 'closed')
}

const tell = (
  tx: Tx,
  { liveId, pollId }: { liveId: Id; pollId: Id },
  state: 'open' | 'closed',
): Promise<void> => publish(tx, pollMoved, { liveId, pollId, state })

async function pollAt(
  db: Db,
  { liveId, pollId }: { liveId: Id; pollId: Id },
): Promise<store.PollRow> {
  const poll = await store.pollById(db, pollId)
  if (poll?.liveId !== liveId) throw fail('poll.not_found')
  return poll
}

async function requireRoom({ live }: PollLifeNeeds, db: Db, { shopId, liveId }: Place) {
  const room = await live.facts(db, liveId)
  if (room?.shopId !== shopId) throw fail('live.not_found')
  return room
}

async function requireOpenRoom(needs: PollLifeNeeds, db: Db, at: Place): Promise<void> {
  if ((await requireRoom(needs, db, at)).state === 'ended') throw fail('live.ended')
}
