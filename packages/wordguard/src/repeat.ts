import type { Clock } from '@kaibo/kernel/clock'
import { keyOf } from './skeleton.ts'

export type RepeatLimits = {
  clock: Clock
  /** As often may one person say nearly the same within the window. */
  sameMax: number
  windowMs: number
  /** People remembered; beyond it those who were silent longest are forgotten. */
  peopleMax: number
}

export type RepeatGuard = {
  /** Whether this may be said once more; asking counts. */
  admits(personKey: string, text: string): boolean
}

const textsMax = 20

/**
 * Stops people who say the same again and again. Texts are near enough when they differ only in
 * what a reader skips: spaces, signs, emoji, numbers counted up, characters held down.
 */
export function createRepeatGuard({
  clock,
  sameMax,
  windowMs,
  peopleMax,
}: RepeatLimits): RepeatGuard {
  const said = new Map<string, { gist: string; atMs: number }[]>()
  return {
    admits(personKey, text) {
      const nowMs = clock.now().getTime()
      const gist = gistOf(text)
      const recent = (said.get(personKey) ?? []).filter(({ atMs }) => nowMs - atMs < windowMs)
      const isFine = recent.filter(each => each.gist === gist).length < sameMax
      // Refused ones do not count, or somebody who tries on would never be let in again.
      if (isFine) recent.push({ gist, atMs: nowMs })
      said.delete(personKey)
      said.set(personKey, recent.slice(-textsMax))
      const [oldest] = said.keys()
      if (said.size > peopleMax && oldest !== undefined) said.delete(oldest)
      return isFine
    },
  }
}

/** What is left of a text when held keys and numbers are taken away; emoji alone stay what they are. */
function gistOf(text: string): string {
  const key = keyOf(text)
  const gist = key.replace(/\p{N}+/gu, '').replace(/(.+?)\1+/gu, '$1')
  return gist || key || text.trim()
}
