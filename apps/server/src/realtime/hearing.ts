import { type Permission, permissions, type Role } from '@kaibo/contract/core/permissions'
import type { Database } from '@kaibo/db/database'
import { isId } from '@kaibo/kernel/ids'
import type { Account } from '@kaibo/modules/account'
import type { Notices } from '@kaibo/modules/chat'
import type { Moderation } from '@kaibo/modules/moderation'
import type { Identity } from '@kaibo/realtime/identity'

export type HearingNeeds = {
  database: Database
  account: Pick<Account, 'rolesOf'>
  moderation: Pick<Moderation, 'mayEnter'>
  notices: Pick<Notices, 'joined'>
}

type MayHear = (identity: Identity, topic: string) => boolean | Promise<boolean>

const rolesWith: Readonly<Record<Permission, readonly Role[]>> = permissions

/**
 * Stock and the feed are public, and rooms for who was not put out; `user:` is for the person, `shop:`
 * for its staff, `desk:` for those who keep order. What somebody is, is read when they ask: sockets
 * outlive appointments.
 */
export function createHearing(needs: HearingNeeds): MayHear {
  const enter = async (entry: { liveId: string; userId: string }) => {
    const isOpen = await needs.moderation.mayEnter(entry)
    if (isOpen) needs.notices.joined(entry)
    return isOpen
  }
  const isStaff = async (userId: string, { shopId, can }: { shopId: string; can: Permission }) => {
    const { memberships } = await needs.account.rolesOf(needs.database.db, userId)
    return memberships.some(each => each.shopId === shopId && rolesWith[can].includes(each.role))
  }
  return ({ kind: who, id: userId }, topic) => {
    const [kind, id = ''] = topic.split(':', 2)
    if (kind === 'feed') return id === ''
    if (!isId(id)) return false
    if (kind === 'stock') return true
    if (kind === 'live') return who !== 'user' || enter({ liveId: id, userId })
    if (who !== 'user') return false
    if (kind === 'user') return id === userId
    if (kind === 'shop') return isStaff(userId, { shopId: id, can: 'catalog.read' })
    return kind === 'desk' && isStaff(userId, { shopId: id, can: 'room.moderate' })
  }
}
