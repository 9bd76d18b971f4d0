import { createHash, randomInt } from 'node:crypto'
import type { LiveState } from '@kaibo/contract/show/live'
import type { Id } from '@kaibo/kernel/ids'
import type { MediaEvent } from './provider.ts'

const keyAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const keyLength = 32

/** A new stream key: `sk_` and 32 base62 characters, 190 bits from the system's generator. */
export function newStreamKey(): string {
  const chars = Array.from({ length: keyLength }, () => keyAlphabet[randomInt(keyAlphabet.length)])
  return `sk_${chars.join('')}`
}

/** What is kept of a key. The key has far too many bits to be guessed, so a plain hash is enough. */
export const hashStreamKey = (key: string): Buffer => createHash('sha256').update(key).digest()

/** What an event of the provider means for a session; null: nothing. */
export const eventSteps = {
  publish_start: 'publish',
  resume: 'publish',
  publish_end: 'lose',
  ended: 'lose',
  error: null,
} as const satisfies Record<MediaEvent['type'], 'publish' | 'lose' | null>

export type Step = { readonly id: Id; readonly do: 'publish' | 'lose' | 'cut' }

/**
 * What makes sessions agree with the streams that have a picture: a session without one is away, one
 * with a picture is live, and a picture without an open session is cut.
 */
export function decideSteps(
  sessions: ReadonlyMap<Id, LiveState>,
  withPicture: ReadonlySet<Id>,
): Step[] {
  const lost = [...sessions]
    .filter(([id, state]) => state === 'live' && !withPicture.has(id))
    .map(([id]): Step => ({ id, do: 'lose' }))
  const seen = [...withPicture].flatMap((id): Step[] => {
    const state = sessions.get(id) ?? 'ended'
    if (state === 'live') return []
    return [{ id, do: state === 'ended' ? 'cut' : 'publish' }]
  })
  return [...lost, ...seen]
}

/** Whole seconds between start and end; a session that never had a picture lasted 0. */
export function durationSec(startedAt: Date | null, endedAt: Date): number {
  if (!startedAt) return 0
  return Math.max(0, Math.round((endedAt.getTime() - startedAt.getTime()) / 1_000))
}
