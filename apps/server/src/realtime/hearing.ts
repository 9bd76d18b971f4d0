import { type Permission, permissions, type Role } from '@kaibo/contract/core/permissions'
import type { Database } from '@kaibo/db/database'
import { isId } from '@kaibo/kernel/ids'
import type { Account } from '@kaibo/modules/account'
import type { Notices } from '@kaibo/modules/chat'
import type { Live } from '@kaibo/modules/live'
import type { Moderation } from '@kaibo/modules/moderation'
import type { Hearing, Identity } from '@kaibo/realtime/identity'

export type HearingNeeds = {
  database: Database
  account: Pick<Account, 'rolesOf'>
  live: Pick<Live, 'shopIdsOf'>
  moderation: Pick<Moderation, 'mayEnter'>
  notices: Pick<Notices, 'joined'>
}

type MayHear = (identity: Identity, topic: string) => Hearing | Promise<Hearing>

/** On a ticket: works for this shop, and is therefore no viewer of its rooms. */
export const teamRole = (shopId: string) => `team:${shopId}`

const rolesWith: Readonly<Record<Permission, readonly Role[]>> = permissions

/**
 * Stock and the feed are public, and rooms for who was not put out; `user:` is for the person, `shop:`
 * for its staff, `desk:` for those who keep order. Who works for the shop is no viewer of its rooms. What somebody is, is read when they ask: sockets
 * outlive appointments.
 */
export function createHearing(needs: HearingNeeds): MayHear {
  const worksIn = async (roles: readonly string[], liveId: string) => {
    // Nearly everybody works nowhere: they cost no question.
    if (!roles.some(role => role.startsWith(teamRole('')))) return false
    const shopId = (await needs.live.shopIdsOf(needs.database.db, [liveId])).get(liveId)
    return shopId !== undefined && roles.includes(teamRole(shopId))
  }
  const enter = async ({ id: userId, roles }: Identity, liveId: string): Promise<Hearing> => {
    if (!(await needs.moderation.mayEnter({ liveId, userId }))) return false
    if (await worksIn(roles, liveId)) return 'uncounted'
    needs.notices.joined({ liveId, userId })
    return true
  }
  const isStaff = async (userId: string, { shopId, can }: { shopId: string; can: Permission }) => {
    const { memberships } = await needs.account.rolesOf(needs.database.db, userId)
    return memberships.some(each => each.shopId === shopId && rolesWith[can].includes(each.role))
  }
  return (identity, topic) => {
    const { kind: who, id: userId } = identity
    const [kind, id = ''] = topic.split(':', 2)
    if (kind === 'feed') return id === ''
    if (!isId(id)) return false
    if (kind === 'stock') return true
    if (kind === 'live') return who !== 'user' || enter(identity, id)
    if (who !== 'user') return false
    if (kind === 'user') return id === userId
    if (kind === 'shop') return isStaff(userId, { shopId: id, can: 'catalog.read' })
    return kind === 'desk' && isStaff(userId, { shopId: id, can: 'room.moderate' })
  }
}
