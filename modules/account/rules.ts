import { isIPv4 } from 'node:net'
import { fail } from '@kaibo/contract/core/fail'
import type { Address, NewAddress } from '@kaibo/contract/people/account'
import { dayMs, hourMs, minuteMs, secondMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import { regionNames } from './regions.ts'

export const codeLifeMs = 5 * minuteMs
export const codeResendMs = 60 * secondMs
export const codeTriesMax = 5
export const codeLockMs = 10 * minuteMs

/** How many codes may be sent; the windows slide. */
export type CodeLimits = {
  perPhoneHourMax: number
  perPhoneDayMax: number
  perAddressHourMax: number
}
export const codeLimits: CodeLimits = {
  perPhoneHourMax: 5,
  perPhoneDayMax: 10,
  perAddressHourMax: 20,
}

/** What is known of the newest code of a phone. */
export type CodeFacts = {
  sentAt: Date
  expiresAt: Date
  triesCount: number
  lastTryAt: Date | null
  usedAt: Date | null
}
export type SentCounts = { phoneHour: number; phoneDay: number; addressHour: number }

/**
 * Whether one more code may be sent. Looks at codes only, never at accounts, so the answer is the
 * same whether or not the phone has one. Throws `auth.code_locked`, `auth.code_too_soon` or
 * `auth.code_limit`.
 */
export function decideSend(facts: {
  newest: CodeFacts | undefined
  sent: SentCounts
  limits: CodeLimits
  now: Date
}): { expiresAt: Date } {
  const { newest, sent, limits, now } = facts
  const nowMs = now.getTime()
  if (newest) {
    refuseWhileLocked(newest, now)
    const waitMs = newest.sentAt.getTime() + codeResendMs - nowMs
    if (waitMs > 0) throw fail('auth.code_too_soon', { retryAfterSec: secondsUp(waitMs) })
  }
  const isOver =
    sent.phoneHour >= limits.perPhoneHourMax ||
    sent.phoneDay >= limits.perPhoneDayMax ||
    sent.addressHour >= limits.perAddressHourMax
  if (isOver) throw fail('auth.code_limit')
  return { expiresAt: new Date(nowMs + codeLifeMs) }
}

/** Why the newest code takes no more tries. Always throws. */
export function refuseTry(newest: CodeFacts | undefined, now: Date): never {
  if (newest) refuseWhileLocked(newest, now)
  throw fail('auth.code_expired')
}

/** Why a counted try did not succeed: the last allowed one locks the phone. Always throws. */
export function refuseWrongCode(triesCount: number): never {
  const triesLeft = codeTriesMax - triesCount
  if (triesLeft > 0) throw fail('auth.code_wrong', { triesLeft })
  throw fail('auth.code_locked', { retryAfterSec: secondsUp(codeLockMs) })
}

function refuseWhileLocked(code: CodeFacts, now: Date): void {
  if (code.triesCount < codeTriesMax || code.usedAt || !code.lastTryAt) return
  const waitMs = code.lastTryAt.getTime() + codeLockMs - now.getTime()
  if (waitMs > 0) throw fail('auth.code_locked', { retryAfterSec: secondsUp(waitMs) })
}

const secondsUp = (ms: number) => Math.ceil(ms / secondMs)

/** Both languages, because a phone number does not say which one its owner reads. */
export const codeMessage = (code: string): string =>
  `【开播 Kaibo】验证码 ${code}，5 分钟内有效，请勿告诉他人。 ` +
  `${code} is your sign-in code for the next 5 minutes; tell nobody.`

/** Six digits from a roll of 0 … 999 999. */
export const codeOf = (roll: number): string => String(roll).padStart(6, '0')
export const codeRolls = 1_000_000

/** The name of a newcomer, from a roll of 0 … 9 999. */
export const newcomerName = (roll: number): string => `开播用户${String(roll).padStart(4, '0')}`
export const newcomerRolls = 10_000

/**
 * Whom a limit per address counts together: one IPv4 address, or one IPv6 /64, which is what a
 * household or a phone gets.
 */
export function addressBucket(ip: string): string {
  const mapped = ip.replace(/^::ffff:/i, '')
  if (isIPv4(mapped)) return mapped
  const [head = '', tail = ''] = ip.toLowerCase().split('::')
  const headGroups = head.split(':').filter(group => group !== '')
  const tailGroups = tail.split(':').filter(group => group !== '')
  const zeroCount = Math.max(0, 8 - headGroups.length - tailGroups.length)
  const groups = [...headGroups, ...Array<string>(zeroCount).fill('0'), ...tailGroups]
  return groups
    .slice(0, 4)
    .map(group => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

export const sessionLifeMs = 30 * dayMs
/** A session slides at most this often, so that reading does not write. */
export const sessionTouchMs = hourMs
/** Devices signed in at once; one more signs the idlest out. */
export const sessionsMax = 20

export const isTouchDue = (session: { seenAt: Date }, now: Date): boolean =>
  now.getTime() - session.seenAt.getTime() >= sessionTouchMs

export const sessionExpiry = (now: Date): Date => new Date(now.getTime() + sessionLifeMs)

/** The nickname as it is shown. Throws `request.invalid` when nothing visible is left. */
export function shownNickname(typed: string): string {
  // Direction overrides would let a name rewrite the line around it.
  const bidi = /[\u202a-\u202e\u2066-\u2069]/g
  const nickname = typed.normalize('NFC').replace(bidi, '').replace(/\s+/gu, ' ').trim()
  if (nickname.replace(/[\s\p{Cf}]/gu, '') === '') {
    throw fail('request.invalid', { field: 'nickname' })
  }
  return nickname
}

export const addressesMax = 20

export type Receiver = Omit<Address, 'id' | 'isDefault'>
export type AddressMark = { id: Id; isDefault: boolean }

/** Whether a new address becomes the default: the first one always. Throws `address.limit`. */
export function decideAddAddress(book: readonly AddressMark[], wantsDefault: boolean): boolean {
  if (book.length >= addressesMax) throw fail('address.limit', { addressesMax })
  return book.length === 0 || wantsDefault
}

/** The default stays one until another address takes its place. */
export const decideChangeAddress = (address: AddressMark, wantsDefault: boolean): boolean =>
  address.isDefault || wantsDefault

/** Who is the default once `removed` is gone; `left` is sorted newest first. */
export const nextDefault = (removed: AddressMark, left: readonly AddressMark[]): Id | undefined =>
  removed.isDefault ? left[0]?.id : undefined

/** The address on one line, as a parcel carries it: a municipality's name stands once. */
export const addressLine = ({ province, city, district, detail }: Receiver): string =>
  [province, city === province ? '' : city, district, detail].filter(Boolean).join(' ')

/** What is kept of a typed receiver. Throws `request.invalid` or `address.region_unknown`. */
export function tidyReceiver(typed: Omit<NewAddress, 'isDefault'>): Receiver {
  const region = regionNames(typed.regionCode)
  if (!region) throw fail('address.region_unknown')
  const receiver = { ...typed, name: typed.name.trim(), detail: typed.detail.trim(), ...region }
  for (const field of ['name', 'detail'] as const) {
    if (receiver[field] === '') throw fail('request.invalid', { field })
  }
  return receiver
}
