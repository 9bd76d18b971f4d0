import type { Handlers } from '@kaibo/contract/core/handlers'
import type { ShopRole } from '@kaibo/contract/core/permissions'
import type { Shop, shopApi } from '@kaibo/contract/shop'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { createHandlers } from './routes.ts'
import type { Membership } from './rules.ts'
import { type EnsuredShop, ensureShop, type ShopNeeds, shopsByIds } from './shop.ts'
import { addMember, membershipsOf } from './store.ts'

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
}

export const createShop = (needs: ShopNeeds): Shops => ({
  handlers: createHandlers(needs),
  membershipsOf,
  shopsByIds: (db, ids) => shopsByIds(needs, db, ids),
  ensureShop,
  addMember,
})
