import { createHash, randomInt } from 'node:crypto'

const keyAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const keyLength = 32

/** A new stream key: `sk_` and 32 base62 characters, 190 bits from the system's generator. */
export function newStreamKey(): string {
  const chars = Array.from({ length: keyLength }, () => keyAlphabet[randomInt(keyAlphabet.length)])
  return `sk_${chars.join('')}`
}

/** What is kept of a key. The key has far too many bits to be guessed, so a plain hash is enough. */
export const hashStreamKey = (key: string): Buffer => createHash('sha256').update(key).digest()

/** Whole seconds between start and end; a session that never had a picture lasted 0. */
export function durationSec(startedAt: Date | null, endedAt: Date): number {
  if (!startedAt) return 0
  return Math.max(0, Math.round((endedAt.getTime() - startedAt.getTime()) / 1_000))
}
