import type { Handlers } from '@kaibo/contract/core/handlers'
import type { ShopRole } from '@kaibo/contract/core/permissions'
import type { Shop, shopApi } from '@kaibo/contract/people/shop'
import type { AppointedRole } from '@kaibo/contract/show/moderation'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { createHandlers } from './routes.ts'
import type { Membership } from './rules.ts'
import { type EnsuredShop, ensureShop, type ShopNeeds, shopsByIds } from './shop.ts'
import { addMember, type Member, membershipsOf } from './store.ts'
import { appoint, dismiss, teamOf } from './team.ts'

export type { Membership, ShopNeeds }

/** The shop module; the contract's `Shop` is the view of one shop. */
export type Shops = {
  handlers: Handlers<typeof shopApi>
  /** The shops a person works for, oldest membership first. */
  membershipsOf(db: Db, userId: Id): Promise<Membership[]>
  shopsByIds(db: Db, ids: readonly Id[]): Promise<Map<Id, Shop>>
  /** The shop that `ownerId` owns, opened when there is none: for demo data and the CLI. */
  ensureShop(tx: Tx, wanted: EnsuredShop): Promise<Id>
  /** Gives a person a role in a shop; whoever has one keeps it. */
  addMember(tx: Tx, member: { shopId: Id; userId: Id; role: ShopRole }): Promise<void>
  /** Who works for a shop, longest there first. */
  teamOf(db: Db, shopId: Id): Promise<Member[]>
  /**
   * Makes somebody assistant or moderator; says whether that is new. Throws `team.has_role` for
   * those with another role, `team.full`. Whoever calls tells who caches actors.
   */
  appoint(
    tx: Tx,
    member: { shopId: Id; userId: Id; role: AppointedRole },
  ): Promise<{ since: Date; isNew: boolean }>
  /** Takes an appointed role back; false when there was none. Throws `team.has_role`. */
  dismiss(tx: Tx, member: { shopId: Id; userId: Id }): Promise<boolean>
}

export const createShop = (needs: ShopNeeds): Shops => ({
  handlers: createHandlers(needs),
  membershipsOf,
  shopsByIds: (db, ids) => shopsByIds(needs, db, ids),
  ensureShop,
  addMember,
  teamOf,
  appoint,
  dismiss,
})
