import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import { type MyVote, pollsPerRoomMax } from '@kaibo/contract/show/poll'
import type { Database } from '@kaibo/db/database'
import { createGroup } from '@kaibo/db/group'
import type { AppError } from '@kaibo/kernel/fail'
import type { Id } from '@kaibo/kernel/ids'
import { clock } from './store.ts'
import * as store from './vote-store.ts'

type Asked = { liveId: Id; pollId: Id; userId: Id; option: number; receivedMs: number }

export type VoteNeeds = {
  readonly database: Database
  /** Told after votes for these polls were written. */
  counted(pollIds: readonly Id[]): void
  /** Told of everybody whose vote counts. */
  readonly noted: (vote: { liveId: Id; userId: Id }) => void
}

/** Votes in one transaction, and votes that wait in one process. */
const batchMax = 1_000
const waitingMax = 20_000

/**
 * Takes votes, many at a time: a batch locks its polls, so a tally is exact and no vote slips in
 * behind the end, in however many processes. What counts is when a server received a vote.
 */
export function createVoting(needs: VoteNeeds) {
  const group = createGroup<Asked, MyVote | AppError>({
    flush: asked => take(needs, asked),
    sizeMax: batchMax,
    queueMax: waitingMax,
    full: () => fail('server.busy'),
  })
  return {
    /**
     * Throws `poll.not_found`, `poll.over`, `poll.voted`, `request.invalid` for an option that there
     * is not, or `server.busy`.
     */
    async vote(actor: Actor, vote: Pick<Asked, 'liveId' | 'pollId' | 'option'>): Promise<MyVote> {
      requirePermission(actor, 'account.self')
      const { userId } = requireUser(actor)
      const answer = await group.ask({ ...vote, userId, receivedMs: performance.now() })
      if (answer instanceof Error) throw answer
      needs.noted({ liveId: vote.liveId, userId })
      return answer
    },
  }
}

async function take(
  { database, counted }: VoteNeeds,
  asked: readonly Asked[],
): Promise<(MyVote | AppError)[]> {
  const pollIds = [...new Set(asked.map(({ pollId }) => pollId))]
  const userIds = [...new Set(asked.map(({ userId }) => userId))]
  const { boxes, votes } = await database.tx(async tx => {
    // Both clocks are read before the locks are waited for.
    const now = await clock(tx)
    const nowMs = performance.now()
    const boxes = await store.lockBoxes(tx, pollIds)
    const ballots = asked
      .filter(each => isFor(each, boxes.get(each.pollId)))
      .map(({ receivedMs, ...ballot }) => ({ ...ballot, ageMs: nowMs - receivedMs }))
    if (ballots.length > 0) await store.insertVotes(tx, { ballots, now })
    return { boxes, votes: await store.votesOf(tx, { pollIds, userIds }) }
  })
  counted([...boxes.keys()])
  const written = new Map(votes.map(vote => [`${vote.pollId} ${vote.userId}`, vote]))
  return asked.map(each => answerTo(each, boxes.get(each.pollId), written))
}

const isFor = ({ liveId, option }: Asked, box: store.Box | undefined): boolean =>
  box?.liveId === liveId && option < box.optionCount

function answerTo(
  asked: Asked,
  box: store.Box | undefined,
  written: ReadonlyMap<string, store.VoteRow>,
): MyVote | AppError {
  if (box?.liveId !== asked.liveId) return fail('poll.not_found')
  if (asked.option >= box.optionCount) return fail('request.invalid', { field: 'option' })
  const vote = written.get(`${asked.pollId} ${asked.userId}`)
  if (!vote) return fail('poll.over')
  const { pollId, option, elapsedMs } = vote
  if (option !== asked.option) return fail('poll.voted')
  return { pollId, option, elapsedMs, isRight: null, rank: null }
}

/** How a person voted in a room. */
export async function mine(
  { database }: Pick<VoteNeeds, 'database'>,
  actor: Actor,
  liveId: Id,
): Promise<{ items: MyVote[] }> {
  requirePermission(actor, 'account.self')
  const { userId } = requireUser(actor)
  return { items: await store.votesIn(database.db, { liveId, userId, limit: pollsPerRoomMax }) }
}
