import { fail } from '@kaibo/contract/core/fail'
import type { ShopRole } from '@kaibo/contract/core/permissions'
import { type AppointedRole, appointedMax, appointedRoles } from '@kaibo/contract/show/moderation'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import * as store from './store.ts'

/** Appointed people, and those who own, host and ship. */
const teamMax = 2 * appointedMax

const isAppointed = (role: ShopRole): boolean => appointedRoles.some(each => each === role)

export const teamOf = (db: Db, shopId: Id): Promise<store.Member[]> =>
  store.membersOf(db, shopId, teamMax)

type Place = { shopId: Id; userId: Id }

/**
 * Makes somebody assistant or moderator, or one of the two the other. Throws `team.has_role` for
 * those with another role, `team.full`.
 */
export async function appoint(
  tx: Tx,
  { shopId, userId, role }: Place & { role: AppointedRole },
): Promise<{ since: Date; isNew: boolean }> {
  await store.lockTeam(tx, shopId)
  const team = await teamOf(tx, shopId)
  const known = team.find(member => member.userId === userId)
  if (known?.role === role) return { since: known.since, isNew: false }
  if (known && !isAppointed(known.role)) throw fail('team.has_role')
  const appointedCount = team.filter(member => isAppointed(member.role)).length
  if (!known && appointedCount >= appointedMax) throw fail('team.full', { appointedMax })
  const { since } = await store.setMember(tx, { shopId, userId, role })
  return { since, isNew: true }
}

/** Takes an appointed role back; false when there was none. Throws `team.has_role` for other roles. */
export async function dismiss(tx: Tx, { shopId, userId }: Place): Promise<boolean> {
  await store.lockTeam(tx, shopId)
  const known = (await teamOf(tx, shopId)).find(member => member.userId === userId)
  if (!known) return false
  if (!isAppointed(known.role)) throw fail('team.has_role')
  await store.removeMember(tx, { shopId, userId })
  return true
}
