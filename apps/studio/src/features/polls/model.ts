import type { Poll, PollKind } from '@kaibo/contract/show/poll'
import { newId } from '@kaibo/kernel/ids'

export const pollKinds = ['vote', 'quiz'] as const satisfies readonly PollKind[]
export const optionsMin = 2
export const optionsMax = 6
export const windowsSec = [15, 30, 60, 120, 300] as const

/** What the desk is typing before it becomes a poll. */
export type Draft = {
  kind: PollKind
  question: string
  options: readonly { id: string; text: string }[]
  /** The right answer; of a quiz alone. */
  rightId: string | null
  windowSec: number
}

export const newDraft = (): Draft => ({
  kind: 'vote',
  question: '',
  options: [newOption(), newOption()],
  rightId: null,
  windowSec: 60,
})

export const newOption = () => ({ id: newId(), text: '' })

/** Why a draft cannot be created yet; null when it can. */
export function draftProblem({ kind, question, options, rightId }: Draft) {
  const words = options.map(({ text }) => text.trim())
  if (question.trim() === '') return 'question'
  if (words.some(word => word === '')) return 'option'
  if (new Set(words).size < words.length) return 'alike'
  return kind === 'quiz' && rightId === null ? 'right' : null
}

/** The share of each option in whole per cent; null while nobody may know. */
export function sharesOf({ counts, voterCount }: Pick<Poll, 'counts' | 'voterCount'>) {
  if (!counts) return null
  return counts.map(count => (voterCount === 0 ? 0 : Math.round((count / voterCount) * 100)))
}

/** The one that is open, then prepared ones, then closed ones; each as they came, newest first. */
export const inOrder = <P extends Pick<Poll, 'state'>>(polls: readonly P[]): P[] =>
  (['open', 'ready', 'closed'] as const).flatMap(state =>
    polls.filter(poll => poll.state === state),
  )
