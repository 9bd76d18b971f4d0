import type { CaseFile, Recording } from '@kaibo/contract/media/recording'
import type { recordingStates } from '@kaibo/contract/media/recording-life'

export const recordingsKey = ['platform', 'recordings'] as const

/** States that the list of recordings can be narrowed to. */
export const listStates = [
  'recording',
  'making',
  'ready',
  'expired',
] as const satisfies readonly (typeof recordingStates)[number][]

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** A size that people read: two digits that count, in the largest unit that gives one. */
export function sizeText(bytes: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10))
  const value = bytes / 1024 ** step
  return `${value >= 10 || step === 0 ? Math.round(value) : value.toFixed(1)} ${units[step]}`
}

/** Why a recording is still there: a hold, or a date that was not reached. */
export const keepingOf = ({
  holdCount,
  keepUntil,
  state,
}: Pick<Recording, 'holdCount' | 'keepUntil' | 'state'>): 'gone' | 'held' | 'until' | 'open' => {
  if (state === 'expired') return 'gone'
  if (holdCount > 0) return 'held'
  return keepUntil === null ? 'open' : 'until'
}

/** Calls that one case takes at most: five hundred comments each. */
const roundsMax = 200

/**
 * A case file with all comments: asked for in rounds, because one answer holds only so many. Rounds
 * overlap by a moment, so a comment that comes twice is kept once.
 */
export async function wholeCase(
  ask: (commentsFromMs: number) => Promise<CaseFile>,
): Promise<CaseFile> {
  const whole = await ask(0)
  const comments = new Map(whole.comments.map(said => [said.comment.id, said]))
  let next = whole.nextCommentsFromMs
  for (let round = 1; next !== null && round < roundsMax; round++) {
    const more = await ask(next)
    for (const said of more.comments) comments.set(said.comment.id, said)
    next = more.nextCommentsFromMs
  }
  return { ...whole, comments: [...comments.values()], nextCommentsFromMs: next }
}
