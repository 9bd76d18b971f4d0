import type { PollTally } from '@kaibo/contract/show/poll'
import type { Database } from '@kaibo/db/database'
import { type Log, reasonOf } from '@kaibo/db/log'
import type { Id } from '@kaibo/kernel/ids'
import { pollsByIds } from './store.ts'
import { tallyOf } from './views.ts'

export type TallyNeeds = {
  readonly database: Database
  readonly log: Log
  /** Shows how people vote to the room; lossy. */
  readonly say: (said: { liveId: Id; tally: PollTally }) => void
}

/** A room is told so often, at most, by each process. */
const tellEveryMs = 1_000

/** Tells rooms how people vote: once in a while, however many votes there were. */
export function createTallies({ database, log, say }: TallyNeeds) {
  let waiting = new Set<Id>()
  const tell = async () => {
    const pollIds = [...waiting]
    waiting = new Set()
    for (const poll of await pollsByIds(database.db, pollIds))
      say({ liveId: poll.liveId, tally: { pollId: poll.id, ...tallyOf(poll, 'viewer') } })
  }
  // What cannot be read now is told with the next votes, and at the end in any case.
  const lost = (error: unknown) => log.warn({ reason: reasonOf(error) }, 'a tally was not told')
  return {
    counted(pollIds: readonly Id[]): void {
      if (waiting.size === 0) setTimeout(() => tell().catch(lost), tellEveryMs).unref()
      for (const pollId of pollIds) waiting.add(pollId)
    },
  }
}
