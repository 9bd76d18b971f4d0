import type { Handlers } from '@kaibo/contract/core/handlers'
import { liveMoved } from '@kaibo/contract/show/live'
import type { Poll, pollApi } from '@kaibo/contract/show/poll'
import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { check } from './check.ts'
import { closeDue, closeOfRoom, type PollLifeNeeds, resultsOf } from './poll.ts'
import { createHandlers } from './routes.ts'
import { createTallies, type TallyNeeds } from './tally.ts'
import { createVoting, type VoteNeeds } from './vote.ts'

export type PollNeeds = PollLifeNeeds & Pick<TallyNeeds, 'say' | 'log'> & Pick<VoteNeeds, 'noted'>

export type Polls = {
  readonly handlers: Handlers<typeof pollApi>
  readonly subscribers: readonly Subscriber[]
  /** Closed polls of a session with their results, for its recap. */
  resultsOf(db: Db, liveId: Id): Promise<Poll[]>
  /** Closes polls whose bell has rung; returns how many it tried. */
  closeDue(): Promise<number>
  /** Whether tallies are what the votes are. */
  check(db: Db): Promise<CheckReport>
  /** Declares what this process does for polls in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
}

const closeEverySec = 1

/** Votes 投票 and quizzes 问答 of a room, on the server's clock. */
export function createPoll(needs: PollNeeds): Polls {
  const { counted } = createTallies(needs)
  const voting = createVoting({ ...needs, counted })
  return {
    handlers: createHandlers({ ...needs, voting }),
    subscribers: [
      subscriber(liveMoved, {
        consumer: 'poll.close_of_room',
        async handle(tx, { liveId, state }) {
          if (state === 'ended') await closeOfRoom(tx, liveId)
        },
      }),
    ],
    resultsOf,
    closeDue: () => closeDue(needs),
    check,
    work: jobs => jobs.every('poll.close', closeEverySec, async () => void (await closeDue(needs))),
  }
}
