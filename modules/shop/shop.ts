import { requirePermission, requireShop, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Shop } from '@kaibo/contract/people/shop'
import type { Database, Db, Tx } from '@kaibo/db/database'
import { sqlState } from '@kaibo/db/log'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Files } from '@kaibo/modules/files'
import { decideChange, decideOpen, nameKey, type ShopChange, shownName } from './rules.ts'
import * as store from './store.ts'

export type ShopNeeds = {
  database: Database
  files: Pick<Files, 'requireFiles' | 'urlOf'>
  /** Told after a commit that changed somebody's memberships, so that a cached actor is dropped. */
  membershipChanged?: (userId: Id) => void
}

export type EnsuredShop = {
  id?: Id
  name: string
  intro: string
  ownerId: Id
  logoFileId?: Id
}

const uniqueViolation = '23505'

/**
 * Opens the actor's own shop. The caller chooses its id, so repeating the call opens nothing more.
 * Throws `shop.already_open` or `shop.name_taken`.
 */
export async function openShop(
  needs: ShopNeeds,
  actor: Actor,
  wanted: { id: Id; name: string },
): Promise<Shop> {
  requirePermission(actor, 'shop.open')
  const { userId } = requireUser(actor)
  const row = await needs.database.tx(tx => openIn(tx, userId, wanted))
  needs.membershipChanged?.(userId)
  return toView(needs, row)
}

/** A shop as buyers see it. Throws `request.not_found`. */
export async function viewShop(needs: ShopNeeds, id: Id): Promise<Shop> {
  const [row] = await store.shopsByIds(needs.database.db, [id])
  if (!row) throw fail('request.not_found')
  return toView(needs, row)
}

/** Changes what is given. Throws `request.not_found`, `shop.name_taken` or `file.not_found`. */
export async function updateShop(
  needs: ShopNeeds,
  actor: Actor,
  { shopId, ...wanted }: ShopChange & { shopId: Id },
): Promise<Shop> {
  requireShop(actor, 'shop.manage', shopId)
  const change = decideChange(wanted)
  const { database, files } = needs
  if (change.logoFileId) await files.requireFiles(database.db, [change.logoFileId])
  const row = await database
    .tx(tx => store.changeShop(tx, shopId, change))
    .catch((error: unknown) => {
      throw sqlState(error) === uniqueViolation ? fail('shop.name_taken') : error
    })
  if (!row) throw fail('request.not_found')
  return toView(needs, row)
}

export async function shopsByIds(
  needs: ShopNeeds,
  db: Db,
  ids: readonly Id[],
): Promise<Map<Id, Shop>> {
  const rows = await store.shopsByIds(db, [...new Set(ids)])
  return new Map(rows.map(row => [row.id, toView(needs, row)]))
}

/** The shop that `ownerId` owns, opened when there is none. */
export async function ensureShop(tx: Tx, wanted: EnsuredShop): Promise<Id> {
  const ownedId = await store.ownedShopId(tx, wanted.ownerId)
  if (ownedId) return ownedId
  const { id } = await openIn(tx, wanted.ownerId, { id: wanted.id ?? newId(), name: wanted.name })
  const { intro, logoFileId } = wanted
  await store.changeShop(tx, id, decideChange({ intro, ...(logoFileId ? { logoFileId } : {}) }))
  return id
}

async function openIn(tx: Tx, ownerId: Id, wanted: { id: Id; name: string }) {
  const name = shownName(wanted.name)
  await store.lockOwner(tx, ownerId)
  const decision = decideOpen(await store.ownedShopId(tx, ownerId), wanted.id)
  if (decision === 'repeat') {
    const [owned] = await store.shopsByIds(tx, [wanted.id])
    return must(owned, 'an owner without a shop')
  }
  const shop = { id: wanted.id, name, nameKey: nameKey(name), intro: '', logoFileId: null }
  const added = await store.addShop(tx, shop)
  if (!added) throw fail('shop.name_taken')
  await store.addMember(tx, { shopId: added.id, userId: ownerId, role: 'owner' })
  return added
}

const toView = ({ files }: ShopNeeds, row: store.ShopRow): Shop => ({
  id: row.id,
  name: row.name,
  intro: row.intro,
  logoUrl: row.logoFileId && files.urlOf(row.logoFileId),
})
