import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { StockLevel } from '@kaibo/contract/goods/stock'
import type { Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { decideAdjust } from './rules.ts'
import { isShelf, move, onShelf, type StockNeeds, shelfOf, viewOf } from './stock.ts'
import * as store from './store.ts'

export type Adjustment = { shopId: Id; skuId: Id; id: Id; delta: number; note: string }

/** Who changes stock, and why. */
export type By = { actorId: Id | null; note: string }

/** Changes of the stock on hand of many SKUs with one document. */
export type Adjustments = {
  /** By hand, or by a stock-take. */
  reason?: 'adjust' | 'count'
  /** The document: it changes a SKU once. */
  causeId: Id
  changes: readonly { skuId: Id; delta: number }[]
  by: By
}

/**
 * Changes the stock on hand of the shelf, all SKUs or none; the same document again changes nothing
 * more. Throws `stock.below_reserved` with the SKUs that orders hold more of.
 */
export async function adjustAll(
  tx: Tx,
  { reason = 'adjust', causeId, changes, by }: Adjustments,
): Promise<void> {
  const levels = await store.lockLevels(
    tx,
    changes.map(({ skuId }) => onShelf(skuId)),
  )
  const done = await store.movedBy(tx, { causeId, reason })
  const shelfBySku = new Map(levels.filter(isShelf).map(level => [level.skuId, level]))
  const due = changes.filter(({ skuId, delta }) => delta !== 0 && !done.has(skuId))
  const short = due.filter(({ skuId, delta }) => {
    const level = shelfBySku.get(skuId)
    return level === undefined || level.onHand + delta < level.reserved
  })
  if (short.length > 0)
    throw fail('stock.below_reserved', { skuIds: short.map(change => change.skuId) })
  const moves = due.map(({ skuId, delta }) => ({
    ...onShelf(skuId),
    ...{ reason, causeId, onHandDelta: delta, reservedDelta: 0 },
  }))
  await move(tx, moves, by)
}

/**
 * Changes the stock on hand by a request that carries its id: a repeat changes nothing more.
 * Throws `product.not_found` or `stock.below_reserved`.
 */
export async function adjust(
  { database }: StockNeeds,
  actor: Actor,
  change: Adjustment,
): Promise<StockLevel> {
  requireShop(actor, 'stock.manage', change.shopId)
  const { id: causeId, skuId, delta, note } = change
  const by = { actorId: actor.kind === 'user' ? actor.userId : null, note }
  return database.tx(async tx => {
    const level = shelfOf(change.shopId, await store.lockLevels(tx, [onShelf(skuId)]))
    const done = await store.movedBy(tx, { causeId, reason: 'adjust' })
    if (delta !== 0 && !done.has(skuId)) {
      decideAdjust(level, delta)
      const adjusted = { causeId, reason: 'adjust' as const, onHandDelta: delta, reservedDelta: 0 }
      await move(tx, [{ ...onShelf(skuId), ...adjusted }], by)
    }
    return viewOf(skuId, await store.levelsBySku(tx, [skuId]))
  })
}
