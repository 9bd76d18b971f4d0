import { requireShop } from '@kaibo/contract/access'
import { fail } from '@kaibo/contract/fail'
import type { Actor } from '@kaibo/contract/permissions'
import {
  type MovementReason,
  type StockLevel,
  type StockMovement,
  stockChanged,
} from '@kaibo/contract/stock'
import type { Database, Db, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { decideAdjust, decideHolds, type Hold, type SoldOut } from './rules.ts'
import * as store from './store.ts'

export type StockNeeds = { database: Database }

/** A SKU that begins to have stock. */
export type Opening = {
  skuId: Id
  productId: Id
  shopId: Id
  onHand: number
  actorId: Id | null
}

const viewOf = ({ skuId, onHand, reserved }: store.Level): StockLevel => ({
  skuId,
  onHand,
  reserved,
  available: onHand - reserved,
})

/** Writes moves and tells everybody the new levels, shop by shop. */
async function move(
  tx: Tx,
  moves: readonly store.Move[],
  by?: { actorId: Id | null; note: string },
): Promise<void> {
  const changed = moves.length > 0 ? await store.applyMoves(tx, moves, by) : []
  for (const [shopId, levels] of Map.groupBy(changed, level => level.shopId)) {
    await publish(tx, stockChanged, {
      shopId,
      levels: levels.map(({ skuId, productId, onHand, reserved }) => ({
        skuId,
        productId,
        available: onHand - reserved,
      })),
    })
  }
}

/** Begins the stock of new SKUs; a SKU that has stock already is left alone. */
export async function open(tx: Tx, rows: readonly Opening[]): Promise<void> {
  await store.insertLevels(tx, rows)
  await store.lockLevels(
    tx,
    rows.map(row => row.skuId),
  )
  for (const [actorId, opened] of Map.groupBy(rows, row => row.actorId)) {
    const moves = opened.filter(row => row.onHand > 0).map(initialMove)
    await move(tx, moves, { actorId, note: '' })
  }
}

const initialMove = ({ skuId, onHand }: Opening): store.Move => ({
  skuId,
  reason: 'initial',
  causeId: skuId,
  onHandDelta: onHand,
  reservedDelta: 0,
})

/**
 * Reserves goods for many orders at once, first come, first served, each whole or not at all.
 * Answers with the orders that hold nothing because something is sold out. An order that holds
 * already, or once did, is left as it is.
 */
export async function hold(tx: Tx, holds: readonly Hold[]): Promise<SoldOut[]> {
  const skuIds = new Set(holds.flatMap(each => each.lines.map(line => line.skuId)))
  const levels = await store.lockLevels(tx, [...skuIds])
  const holders = await store.holdersAmong(
    tx,
    holds.map(each => each.orderId),
  )
  const { held, soldOut } = decideHolds(
    new Map(levels.map(level => [level.skuId, level.onHand - level.reserved])),
    holds.filter(each => !holders.has(each.orderId)),
  )
  await move(tx, held.flatMap(holdMoves))
  return soldOut
}

const holdMoves = ({ orderId, lines }: Hold): store.Move[] =>
  lines.map(({ skuId, quantity }) => ({
    skuId,
    reason: 'hold',
    causeId: orderId,
    onHandDelta: 0,
    reservedDelta: quantity,
  }))

/** Gives back what orders hold. Once: a second release, or one after shipping, changes nothing. */
export const release = (tx: Tx, orderIds: readonly Id[]): Promise<void> =>
  endHolds(tx, orderIds, 'release')

/** Takes what orders hold off the shelf: the parcel has left. Once, and never after a release. */
export const ship = (tx: Tx, orderIds: readonly Id[]): Promise<void> =>
  endHolds(tx, orderIds, 'ship')

async function endHolds(
  tx: Tx,
  orderIds: readonly Id[],
  reason: Extract<MovementReason, 'release' | 'ship'>,
): Promise<void> {
  const held = await store.lockHeld(tx, orderIds)
  const moves = held.map(
    ({ orderId, skuId, quantity }): store.Move => ({
      skuId,
      reason,
      causeId: orderId,
      onHandDelta: reason === 'ship' ? -quantity : 0,
      reservedDelta: -quantity,
    }),
  )
  await move(tx, moves)
}

/** Stock of SKUs; a SKU without stock is missing. */
export async function levelsBySku(db: Db, skuIds: readonly Id[]): Promise<Map<Id, StockLevel>> {
  const levels = await store.levelsBySku(db, skuIds)
  return new Map(levels.map(level => [level.skuId, viewOf(level)]))
}

export type Adjustment = { shopId: Id; skuId: Id; id: Id; delta: number; note: string }

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
    const level = levelOf(change.shopId, await store.lockLevels(tx, [skuId]))
    if (delta === 0 || (await store.isAdjusted(tx, skuId, causeId))) return viewOf(level)
    decideAdjust(level, delta)
    await move(tx, [{ skuId, reason: 'adjust', causeId, onHandDelta: delta, reservedDelta: 0 }], by)
    return viewOf({ ...level, onHand: level.onHand + delta })
  })
}

/** The log of a SKU, newest first. Throws `product.not_found`. */
export async function movements(
  { database: { db } }: StockNeeds,
  actor: Actor,
  { shopId, skuId, ...page }: { shopId: Id; skuId: Id } & PageQuery,
): Promise<Page<StockMovement>> {
  requireShop(actor, 'catalog.read', shopId)
  levelOf(shopId, await store.levelsBySku(db, [skuId]))
  return store.pageOfMovements(db, skuId, page)
}

/** The level of a SKU of this shop; a SKU of another shop is as unknown as none at all. */
function levelOf(shopId: Id, levels: readonly store.Level[]): store.Level {
  const level = levels.find(each => each.shopId === shopId)
  if (!level) throw fail('product.not_found')
  return level
}
