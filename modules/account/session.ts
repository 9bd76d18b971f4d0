import type { Actor } from '@kaibo/contract/core/permissions'
import { membershipRoles } from './account.ts'
import type { Own } from './needs.ts'
import { isTouchDue, sessionExpiry } from './rules.ts'
import { sessionByTokenHash, touchSession } from './session-store.ts'
import { tokenHashOf } from './sign-in.ts'

/** 256 bits in base64url; anything else is not worth a look into the database. */
const tokenPattern = /^[A-Za-z0-9_-]{43}$/

/**
 * Who holds this token; a visitor when it is unknown, ended or expired. The answer may be up to 3 s
 * old in a process that did not see the sign-out.
 */
export async function authenticate(own: Own, token: string): Promise<Actor> {
  if (!tokenPattern.test(token)) return { kind: 'visitor' }
  const tokenHash = tokenHashOf(token)
  return own.actors.read(tokenHash, () => loadActor(own, tokenHash))
}

async function loadActor(own: Own, tokenHash: string): Promise<Actor> {
  const { database, clock } = own
  const now = clock.now()
  const session = await sessionByTokenHash(database.db, tokenHash, now)
  if (!session) return { kind: 'visitor' }
  if (isTouchDue(session, now)) {
    await database.tx(tx => touchSession(tx, session, { now, expiresAt: sessionExpiry(now) }))
  }
  const { userId, id: sessionId } = session
  const { roles, memberships } = await membershipRoles(own, database.db, userId)
  const shops = memberships.map(({ shopId, role }) => ({ shopId, role }))
  return { kind: 'user', userId, sessionId, roles, shops }
}
