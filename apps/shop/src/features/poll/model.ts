import type { MyVote, Poll, PollTally } from '@kaibo/contract/show/poll'

/** Polls after news of how people vote; fewer voters than known of are old news. */
export const withTally = (polls: readonly Poll[], tally: PollTally): Poll[] =>
  polls.map(poll =>
    poll.id === tally.pollId && poll.state === 'open' && tally.voterCount >= poll.voterCount
      ? { ...poll, voterCount: tally.voterCount, counts: tally.counts }
      : poll,
  )

/** Whole per cents of each option, adding up to 100; null where nobody may know yet. */
export function percentsOf({ counts }: Pick<Poll, 'counts'>): number[] | null {
  const total = counts?.reduce((sum, count) => sum + count, 0) ?? 0
  if (!counts) return null
  if (total === 0) return counts.map(() => 0)
  const exact = counts.map(count => (count * 100) / total)
  const percents = exact.map(Math.floor)
  const missing = 100 - percents.reduce((sum, percent) => sum + percent, 0)
  // The largest remainders are rounded up.
  const up = exact
    .map((share, index) => ({ index, rest: share - Math.floor(share) }))
    .toSorted((a, b) => b.rest - a.rest)
    .slice(0, missing)
    .map(({ index }) => index)
  return percents.map((percent, index) => percent + Number(up.includes(index)))
}

/** What an option of a poll is to me. */
export type OptionView = {
  text: string
  percent: number | null
  isMine: boolean
  isRight: boolean
}

export function optionsOf(poll: Poll, mine: MyVote | undefined): OptionView[] {
  const percents = percentsOf(poll)
  return poll.options.map((text, index) => ({
    text,
    percent: percents?.[index] ?? null,
    isMine: mine?.option === index,
    isRight: poll.state === 'closed' && poll.rightOption === index,
  }))
}

/** The poll that the bell has not ended yet. */
export const openPoll = (polls: readonly Poll[]): Poll | undefined =>
  polls.find(({ state }) => state === 'open')
