import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { PointsAccount, PointsEntry, PointsSettings } from '@kaibo/contract/offer/points'
import type { OrderMoved } from '@kaibo/contract/trade/order'
import type { Database, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { earnedFor, expiryOf } from './rules.ts'
import * as store from './store.ts'

export type PointsNeeds = { database: Database }

/** The buyer's points and what they are worth. */
export async function viewAccount(
  { database: { db } }: PointsNeeds,
  actor: Actor,
): Promise<PointsAccount> {
  const userId = requireBuyer(actor)
  const [{ settings }, balances, expiring] = await Promise.all([
    store.readSettings(db),
    store.balancesOf(db, [userId]),
    store.nextExpiring(db, userId),
  ])
  return {
    balance: balances.get(userId) ?? 0,
    expiring: expiring ? { points: expiring.points, at: expiring.at.toISOString() } : null,
    settings,
  }
}

/** Every change of the buyer's points, newest first. */
export async function listEntries(
  { database: { db } }: PointsNeeds,
  actor: Actor,
  page: PageQuery,
): Promise<Page<PointsEntry>> {
  return store.pageOfEntries(db, requireBuyer(actor), page)
}

function requireBuyer(actor: Actor): Id {
  requirePermission(actor, 'order.buy')
  return requireUser(actor).userId
}

export async function viewSettings(
  { database: { db } }: PointsNeeds,
  actor: Actor,
): Promise<PointsSettings> {
  requirePermission(actor, 'platform.manage')
  return (await store.readSettings(db)).settings
}

/** Sets how points work from now on; what people have keeps its expiry. */
export async function setSettings(
  { database }: PointsNeeds,
  actor: Actor,
  settings: PointsSettings,
): Promise<PointsSettings> {
  requirePermission(actor, 'platform.manage')
  await database.tx(tx => store.writeSettings(tx, settings))
  return settings
}

/** The order completed: its buyer earns, once. */
export async function earn(tx: Tx, { orderId, buyerId, payableFen }: OrderMoved): Promise<void> {
  const { settings, now } = await store.readSettings(tx)
  const points = earnedFor(payableFen, settings)
  if (points === 0) return
  await store.openAccount(tx, buyerId)
  const expiresAt = expiryOf(now, settings)
  if (!(await store.insertLot(tx, { userId: buyerId, causeId: orderId, points, expiresAt }))) return
  await store.applyChanges(tx, [
    { userId: buyerId, reason: 'earn', causeId: orderId, delta: points },
  ])
}

/**
 * Gives closed orders' points back to the lots they came from, once. What has expired meanwhile
 * expires with the next {@link expireDue}: an order does not make points younger.
 */
export async function giveBack(tx: Tx, orderIds: readonly Id[]): Promise<void> {
  const asked = await store.spendersAmong(tx, orderIds)
  if (asked.length === 0) return
  await store.lockAccounts(
    tx,
    asked.map(each => each.userId),
  )
  // Read again behind the locks: another release may have been faster.
  const spenders = await store.spendersAmong(tx, orderIds)
  if (spenders.length === 0) return
  await store.refillLots(tx, orderIds)
  await store.applyChanges(
    tx,
    spenders.map(({ orderId, userId, points }) => ({
      userId,
      reason: 'return',
      causeId: orderId,
      delta: points,
    })),
  )
}

/** Books out what has expired, of at most `limit` lots' owners. Returns of how many people. */
export async function expireDue({ database }: PointsNeeds, limit: number): Promise<number> {
  return database.tx(async tx => {
    const userIds = await store.peopleDue(tx, limit)
    if (userIds.length === 0) return 0
    await store.lockAccounts(tx, userIds)
    const lots = await store.emptyDueLots(tx, userIds)
    if (lots.length > 0)
      await store.applyChanges(
        tx,
        lots.map(({ id, userId, left }) => ({
          userId,
          reason: 'expire',
          causeId: id,
          delta: -left,
        })),
      )
    return userIds.length
  })
}
