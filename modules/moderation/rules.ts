import { fail } from '@kaibo/contract/core/fail'
import type { ShopRole, UserActor } from '@kaibo/contract/core/permissions'
import type { SanctionKind } from '@kaibo/contract/show/moderation'
import type { Id } from '@kaibo/kernel/ids'

/** Who stands above whom in a shop; nobody judges their equals. */
const ranks: Readonly<Record<ShopRole | 'none', number>> = {
  owner: 4,
  host: 3,
  assistant: 2,
  moderator: 1,
  clerk: 1,
  none: 0,
}

export type Target = {
  userId: Id
  role: ShopRole | 'none'
  isOperator: boolean
}

/** What somebody is in this shop. */
export const roleIn = (
  shops: readonly { shopId: Id; role: ShopRole | string }[],
  shopId: Id,
): ShopRole | 'none' => {
  const role = shops.find(shop => shop.shopId === shopId)?.role
  return role !== undefined && isShopRole(role) ? role : 'none'
}

const isShopRole = (role: string): role is ShopRole => role in ranks && role !== 'none'

/**
 * Whether `actor` may act against `target` in this shop: hosts, owners and the platform's staff are
 * never a target, others only of those above them. Throws `moderation.protected`.
 */
export function decideTarget(
  actor: UserActor,
  { shopId, hostId, target }: { shopId: Id; hostId: Id | null; target: Target },
): void {
  const isSafe = target.isOperator || target.userId === hostId || ranks[target.role] >= ranks.host
  const isAbove = ranks[roleIn(actor.shops, shopId)] > ranks[target.role]
  if (isSafe || !isAbove) throw fail('moderation.protected')
}

/** Which code somebody under a sanction is told. */
export const codeOf = {
  mute: 'chat.muted',
  kick: 'room.kicked',
  ban: 'room.banned',
} as const satisfies Record<SanctionKind, string>
