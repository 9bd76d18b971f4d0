import { requireUser } from '@kaibo/contract/core/access'
import type { Actor, Role } from '@kaibo/contract/core/permissions'
import type { Me, Person } from '@kaibo/contract/people/account'
import { maskPhone } from '@kaibo/db/crypto'
import type { Database, Db, Tx } from '@kaibo/db/database'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Membership } from '@kaibo/modules/shop'
import { removeOldCodes } from './code-store.ts'
import type { AccountNeeds } from './needs.ts'
import { shownNickname } from './rules.ts'
import { removeExpiredSessions } from './session-store.ts'
import {
  addUser,
  changeUser,
  grantOperator,
  isOperator,
  type UserRow,
  userByPhoneIndex,
  usersByIds,
} from './store.ts'

const visitor: Me = { user: null, shops: [] }
const purgeBatchMax = 10_000

export type EnsuredUser = {
  /** For a new person; made when it is not given. */
  id?: Id
  phone: string
  nickname: string
  avatarFileId?: Id
  /** Roles on the platform; those in shops are memberships. */
  roles?: readonly 'operator'[]
}

/** The actor as they see themselves; `user` is null for a visitor. */
export async function me(needs: AccountNeeds, actor: Actor): Promise<Me> {
  return actor.kind === 'user' ? meOf(needs, needs.database.db, actor.userId) : visitor
}

/** Changes nickname or avatar. Throws `file.not_found` or `request.invalid`. */
export async function updateMe(
  needs: AccountNeeds,
  actor: Actor,
  wanted: { nickname?: string; avatarFileId?: Id },
): Promise<Me> {
  const { userId } = requireUser(actor)
  const { nickname, avatarFileId } = wanted
  const { database, files } = needs
  if (avatarFileId) await files.requireFiles(database.db, [avatarFileId])
  return database.tx(async tx => {
    await changeUser(tx, userId, {
      ...(nickname === undefined ? {} : { nickname: shownNickname(nickname) }),
      ...(avatarFileId === undefined ? {} : { avatarFileId }),
    })
    return meOf(needs, tx, userId)
  })
}

/** People as others see them: no phone, not even masked. */
export async function peopleByIds(
  { files }: AccountNeeds,
  db: Db,
  ids: readonly Id[],
): Promise<Map<Id, Person>> {
  const rows = await usersByIds(db, [...new Set(ids)])
  return new Map(rows.map(row => [row.id, personOf(files, row)]))
}

const personOf = (
  files: AccountNeeds['files'],
  { id, nickname, avatarFileId }: UserRow,
): Person => ({ id, nickname, avatarUrl: avatarFileId && files.urlOf(avatarFileId) })

/** The person who signs in with exactly this phone, as others see them; null for nobody. */
export async function personByPhone(
  { personal, files }: AccountNeeds,
  db: Db,
  phone: string,
): Promise<Person | null> {
  const user = await userByPhoneIndex(db, personal.blindIndex('phone', phone))
  return user ? personOf(files, user) : null
}

/** The person with this phone, made when there is none; who exists keeps name and avatar. */
export async function ensureUserId(
  { personal, clock }: AccountNeeds,
  tx: Tx,
  wanted: EnsuredUser,
): Promise<Id> {
  const phoneIndex = personal.blindIndex('phone', wanted.phone)
  const now = clock.now()
  const known = await userByPhoneIndex(tx, phoneIndex)
  if (!known) {
    await addUser(tx, {
      id: wanted.id ?? newId(now.getTime()),
      phoneSealed: personal.sealPersonal(wanted.phone),
      phoneIndex,
      nickname: wanted.nickname,
      avatarFileId: wanted.avatarFileId ?? null,
      createdAt: now,
    })
  }
  // A parallel sign-in may have been first: the unique index decides who this phone is.
  const user = known ?? must(await userByPhoneIndex(tx, phoneIndex), 'the user just added')
  if (wanted.roles?.includes('operator')) await grantOperator(tx, user.id)
  return user.id
}

/** Removes expired sessions and codes that no limit counts any more; returns how many. */
export async function purge(database: Database, now: Date): Promise<number> {
  return database.tx(async tx => {
    const codesCount = await removeOldCodes(tx, now, purgeBatchMax)
    return codesCount + (await removeExpiredSessions(tx, now, purgeBatchMax))
  })
}

/** Every role of a person, `user` first, and where the ones in shops come from. */
export async function membershipRoles(
  { shop }: AccountNeeds,
  db: Db,
  userId: Id,
): Promise<{ roles: Role[]; memberships: Membership[] }> {
  const memberships = await shop.membershipsOf(db, userId)
  const platformRoles: Role[] = (await isOperator(db, userId)) ? ['operator'] : []
  const shopRoles = memberships.map(membership => membership.role)
  return { roles: [...new Set<Role>(['user', ...platformRoles, ...shopRoles])], memberships }
}

export async function meOf(needs: AccountNeeds, db: Db, userId: Id): Promise<Me> {
  const [user] = await usersByIds(db, [userId])
  if (!user) return visitor
  const { roles, memberships } = await membershipRoles(needs, db, userId)
  const { personal, files } = needs
  return {
    user: {
      id: user.id,
      nickname: user.nickname,
      avatarUrl: user.avatarFileId && files.urlOf(user.avatarFileId),
      phoneMasked: maskPhone(personal.openPersonal(user.phoneSealed)),
      roles,
    },
    shops: memberships.map(({ shopId, name, role }) => ({ id: shopId, name, role })),
  }
}
