import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import { type Me, signedOut } from '@kaibo/contract/people/account'
import type { Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import { secondMs } from '@kaibo/kernel/clock'
import { type Id, newId, newSyntheticId } from '@kaibo/kernel/ids'
import { ensureUserId, meOf } from './account.ts'
import { addCode, countTry, lockSending, newestCode, sentCounts, useCode } from './code-store.ts'
import type { AccountNeeds, Own } from './needs.ts'
import {
  addressBucket,
  codeLifeMs,
  codeLimits,
  codeMessage,
  codeOf,
  codeResendMs,
  codeRolls,
  decideSend,
  newcomerName,
  newcomerRolls,
  refuseTry,
  refuseWrongCode,
  sessionExpiry,
  sessionsMax,
} from './rules.ts'
import { addSession, removeIdlestSessions, removeSession } from './session-store.ts'

const tokenBytes = 32

/**
 * Sends a six-digit code to the phone. Throws `auth.code_locked`, `auth.code_too_soon` or
 * `auth.code_limit`; whether the phone has an account is neither looked up nor told.
 */
export async function sendCode(
  needs: AccountNeeds,
  wanted: { phone: string; ip: string },
): Promise<{ expiresInSec: number; resendAfterSec: number }> {
  const { database, personal, sms } = needs
  const now = needs.clock.now()
  const keys = {
    phoneIndex: personal.blindIndex('phone', wanted.phone),
    addressIndex: personal.blindIndex('ip', addressBucket(wanted.ip)),
  }
  const id = newId(now.getTime())
  const code = codeOf(randomInt(codeRolls))
  await database.tx(async tx => {
    await lockSending(tx, keys)
    const { expiresAt } = decideSend({
      newest: await newestCode(tx, keys.phoneIndex),
      sent: await sentCounts(tx, keys, now),
      limits: { ...codeLimits, ...needs.codeLimits },
      now,
    })
    const codeHash = codeHashOf(needs, id, code)
    await addCode(tx, { id, ...keys, codeHash, sentAt: now, expiresAt })
  })
  await sms.send({ phone: wanted.phone, text: codeMessage(code), kind: 'login_code' })
  return { expiresInSec: codeLifeMs / secondMs, resendAfterSec: codeResendMs / secondMs }
}

/**
 * Exchanges a code for a session; a phone seen for the first time becomes a person. `replaces` is
 * the session that the same device held until now. Throws `auth.code_wrong`, `auth.code_expired` or
 * `auth.code_locked`.
 */
export async function signIn(
  own: Own,
  claim: { phone: string; code: string; replaces: Id | null },
): Promise<{ me: Me; token: string }> {
  const { database, personal, clock } = own
  const now = clock.now()
  const phoneIndex = personal.blindIndex('phone', claim.phone)
  const codeId = await tryCode(own, { phoneIndex, code: claim.code, now })
  const token = randomBytes(tokenBytes).toString('base64url')
  const me = await database.tx(async tx => {
    if (!(await useCode(tx, codeId, now))) throw fail('auth.code_expired')
    const userId = await ensureUserId(own, tx, {
      phone: claim.phone,
      nickname: newcomerName(randomInt(newcomerRolls)),
    })
    await endSession(tx, userId, claim.replaces)
    await startSession(tx, { userId, token, now })
    return meOf(own, tx, userId)
  })
  if (claim.replaces) dropSession(own, claim.replaces)
  return { me, token }
}

/** The number of a synthetic person begins like no mobile number does: nobody can sign in with it. */
const syntheticPhone = (number: number) => `100${String(number).padStart(8, '0')}`

/** Signs in synthetic people, made where there are none yet: for a crowd, which has no phones. */
export async function signInSynthetic(
  own: Own,
  wanted: readonly { number: number; nickname: string }[],
): Promise<{ userId: Id; token: string }[]> {
  const now = own.clock.now()
  return own.database.tx(async tx => {
    const signedIn: { userId: Id; token: string }[] = []
    for (const { number, nickname } of wanted) {
      const token = randomBytes(tokenBytes).toString('base64url')
      const person = { id: newSyntheticId(), phone: syntheticPhone(number), nickname }
      const userId = await ensureUserId(own, tx, person)
      await startSession(tx, { userId, token, now })
      signedIn.push({ userId, token })
    }
    return signedIn
  })
}

/** Ends the actor's session everywhere: the event closes its open sockets. */
export async function signOut(own: Own, actor: Actor): Promise<void> {
  const { userId, sessionId } = requireUser(actor)
  await own.database.tx(tx => endSession(tx, userId, sessionId))
  dropSession(own, sessionId)
}

/** Tokens are random enough that a plain hash keeps them: nobody can guess the input. */
export const tokenHashOf = (token: string): string =>
  createHash('sha256').update(token).digest('base64url')

/** Counts the try in a transaction of its own, which a wrong code does not roll back. */
async function tryCode(
  needs: AccountNeeds,
  attempt: { phoneIndex: string; code: string; now: Date },
): Promise<Id> {
  const { database } = needs
  const { phoneIndex, now } = attempt
  const counted = await database.tx(tx => countTry(tx, phoneIndex, now))
  if (!counted) return refuseTry(await newestCode(database.db, phoneIndex), now)
  const typed = Buffer.from(codeHashOf(needs, counted.id, attempt.code))
  const isRight = timingSafeEqual(typed, Buffer.from(counted.codeHash))
  return isRight ? counted.id : refuseWrongCode(counted.triesCount)
}

/** Six digits can be guessed from a plain hash, so the hash is keyed; the id makes it unique. */
const codeHashOf = ({ personal }: AccountNeeds, codeId: Id, code: string): string =>
  personal.blindIndex('login_code', `${codeId}:${code}`)

async function startSession(
  tx: Tx,
  { userId, token, now }: { userId: Id; token: string; now: Date },
): Promise<void> {
  for (const sessionId of await removeIdlestSessions(tx, userId, sessionsMax - 1)) {
    await publish(tx, signedOut, { sessionId, userId })
  }
  await addSession(tx, {
    id: newId(now.getTime()),
    userId,
    tokenHash: tokenHashOf(token),
    seenAt: now,
    expiresAt: sessionExpiry(now),
  })
}

async function endSession(tx: Tx, userId: Id, sessionId: Id | null): Promise<void> {
  if (sessionId && (await removeSession(tx, { sessionId, userId }))) {
    await publish(tx, signedOut, { sessionId, userId })
  }
}

const dropSession = ({ actors }: Own, sessionId: Id) =>
  actors.drop(actor => actor.sessionId === sessionId)
