import type { Poll } from '@kaibo/contract/show/poll'
import type { PollRow } from './store.ts'

/** Whose eyes: the desk sees the answer of a quiz while it is open. */
export type Eyes = 'viewer' | 'desk'

const isTold = ({ kind, state }: PollRow, eyes: Eyes): boolean =>
  eyes === 'desk' || kind === 'vote' || state === 'closed'

export const tallyOf = (poll: PollRow, eyes: Eyes): Pick<Poll, 'voterCount' | 'counts'> => ({
  voterCount: poll.counts.reduce((sum, count) => sum + count, 0),
  counts: isTold(poll, eyes) ? poll.counts : null,
})

export const viewOf = (poll: PollRow, eyes: Eyes): Poll => ({
  id: poll.id,
  kind: poll.kind,
  question: poll.question,
  options: poll.options,
  state: poll.state,
  windowSec: poll.windowSec,
  openedAt: poll.openedAt?.toISOString() ?? null,
  closesAt: poll.closesAt?.toISOString() ?? null,
  ...tallyOf(poll, eyes),
  rightOption: isTold(poll, eyes) ? poll.rightOption : null,
})
