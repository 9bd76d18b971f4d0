import { requireShop } from '@kaibo/contract/core/access'
import type { Actor } from '@kaibo/contract/core/permissions'
import { type StockAlert, stockLow } from '@kaibo/contract/goods/stock'
import type { Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import * as alerts from './alert-store.ts'
import { availableOf, onShelf, type StockNeeds, shelfOf } from './stock.ts'
import * as store from './store.ts'

/**
 * Looks at levels that changed: tells once where too few are left, and arms the alert again where
 * there are enough. Beside the path of orders on purpose, so that a flash sale does not wait for it;
 * events of one SKU come in the order of their commits, so no crossing is missed.
 */
export async function watch(tx: Tx, levels: readonly alerts.Available[]): Promise<void> {
  for (const alert of await alerts.moveAlerts(tx, levels)) {
    const { id: alertId, shopId, productId, skuId, available, lowBelow } = alert
    await publish(tx, stockLow, { alertId, shopId, productId, skuId, available, lowBelow })
  }
}

/** Sets how few of a SKU are too few, and judges its present stock by it. Throws `product.not_found`. */
export async function setThreshold(
  { database }: StockNeeds,
  actor: Actor,
  { shopId, skuId, lowBelow }: { shopId: Id; skuId: Id; lowBelow: number },
): Promise<{ skuId: Id; lowBelow: number }> {
  requireShop(actor, 'stock.manage', shopId)
  await database.tx(async tx => {
    const shelf = shelfOf(shopId, await store.lockLevels(tx, [onShelf(skuId)]))
    await alerts.putThreshold(tx, { skuId, lowBelow })
    await watch(tx, [{ ...shelf, available: availableOf(shelf) }])
  })
  return { skuId, lowBelow }
}

/** Where stock of a shop ran low, the newest first. */
export async function listAlerts(
  { database: { db }, names }: StockNeeds,
  actor: Actor,
  { shopId, state, ...page }: { shopId: Id; state?: 'open' | 'restored' } & PageQuery,
): Promise<Page<StockAlert>> {
  requireShop(actor, 'catalog.read', shopId)
  const rows = await alerts.pageOfAlerts(db, { shopId, state, page })
  const skuIds = rows.items.map(row => row.skuId)
  const known = new Map((await names?.skusByIds(db, skuIds))?.map(sku => [sku.skuId, sku]))
  const items = rows.items.map(({ shopId: _, at, restoredAt, ...row }) => ({
    ...row,
    title: known.get(row.skuId)?.title ?? '',
    spec: known.get(row.skuId)?.spec ?? {},
    at: at.toISOString(),
    restoredAt: restoredAt?.toISOString() ?? null,
  }))
  return { ...rows, items }
}
