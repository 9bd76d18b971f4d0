import type { Handlers } from '@kaibo/contract/core/handlers'
import type { Actor, Role } from '@kaibo/contract/core/permissions'
import type { accountApi, Person } from '@kaibo/contract/people/account'
import type { Db, Tx } from '@kaibo/db/database'
import { secondMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { Membership } from '@kaibo/modules/shop'
import {
  type EnsuredUser,
  ensureUserId,
  membershipRoles,
  peopleByIds,
  personByPhone,
  purge,
} from './account.ts'
import { createActorCache } from './actor-cache.ts'
import { type PlainReceiver, receiversOf } from './address.ts'
import type { AccountNeeds, Own } from './needs.ts'
import { type RegionNames, regionNames } from './regions.ts'
import { createHandlers } from './routes.ts'
import { authenticate } from './session.ts'
import { signInSynthetic } from './sign-in.ts'
import { syntheticIds } from './store.ts'

export type { PlainReceiver } from './address.ts'
export type { AccountNeeds, SmsSender } from './needs.ts'
export type { RegionNames } from './regions.ts'

/** How long a process may believe in a session that ended elsewhere. */
const actorKeepMs = 3 * secondMs
const actorsKeptMax = 10_000

export type Account = {
  handlers: Handlers<typeof accountApi>
  /** Who holds the token; a visitor when it is unknown or ended. Cached for at most 3 s. */
  authenticate(token: string): Promise<Actor>
  /** Drops the cached actor of a session: called when `signedOut` arrives. */
  forget(sessionId: Id): void
  /** Drops a person's cached actors: called when their memberships changed. */
  forgetPerson(userId: Id): void
  /** Every role of a person, `user` first, and the shops that some of them come from. */
  rolesOf(db: Db, userId: Id): Promise<{ roles: Role[]; memberships: Membership[] }>
  /** People as others see them; unknown ids are missing from the map. */
  peopleByIds(db: Db, ids: readonly Id[]): Promise<Map<Id, Person>>
  /** The person who signs in with exactly this phone, as others see them; null for nobody. */
  personByPhone(db: Db, phone: string): Promise<Person | null>
  /**
   * Receivers in plain text, for orders that seal their snapshots: one entry per pair, in their
   * order; null where the address is not theirs.
   */
  receiversOf(
    db: Db,
    pairs: readonly { userId: Id; addressId: Id }[],
  ): Promise<(PlainReceiver | null)[]>
  /** The names of a county or district by its code (GB/T 2260); null for anything else. */
  regionNames(code: string): RegionNames | null
  /** The person with this phone, made when there is none: for demo data and the CLI. */
  ensureUser(tx: Tx, wanted: EnsuredUser): Promise<Id>
  /** Synthetic people, made and signed in: for `kaibo crowd`. */
  signInSynthetic(
    wanted: readonly { number: number; nickname: string }[],
  ): Promise<{ userId: Id; token: string }[]>
  /** Every synthetic person: what counts people or sales leaves them out. */
  syntheticIds(db: Db): Promise<Id[]>
  /** Removes expired sessions and old codes, at most 10 000 of each; returns how many. */
  purge(now: Date): Promise<number>
}

export function createAccount(needs: AccountNeeds): Account {
  const { clock } = needs
  const actors = createActorCache({ clock, keepMs: actorKeepMs, entriesMax: actorsKeptMax })
  const own: Own = { ...needs, actors }
  return {
    handlers: createHandlers(own),
    authenticate: token => authenticate(own, token),
    forget: sessionId => actors.drop(actor => actor.sessionId === sessionId),
    forgetPerson: userId => actors.drop(actor => actor.userId === userId),
    rolesOf: (db, userId) => membershipRoles(own, db, userId),
    peopleByIds: (db, ids) => peopleByIds(own, db, ids),
    personByPhone: (db, phone) => personByPhone(own, db, phone),
    receiversOf: (db, pairs) => receiversOf(own, db, pairs),
    regionNames,
    ensureUser: (tx, wanted) => ensureUserId(own, tx, wanted),
    signInSynthetic: wanted => signInSynthetic(own, wanted),
    syntheticIds,
    purge: now => purge(needs.database, now),
  }
}
