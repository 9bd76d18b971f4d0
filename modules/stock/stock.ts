import { requireShop } from '@kaibo/contract/access'
import { fail } from '@kaibo/contract/fail'
import type { Actor } from '@kaibo/contract/permissions'
import { type MovementReason, type StockLevel, stockChanged } from '@kaibo/contract/stock'
import type { Database, Db, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { decodeCursor, encodeCursor, type PageQuery } from '@kaibo/kernel/page'
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
  const available = new Map(levels.map(level => [level.skuId, level.onHand - level.reserved]))
  const { held, soldOut } = decideHolds(available, holds)
  const moves = held.flatMap(({ orderId, lines }) =>
    lines.map(
      ({ skuId, quantity }): store.Move => ({
        skuId,
        reason: 'hold',
        causeId: orderId,
        onHandDelta: 0,
        reservedDelta: quantity,
      }),
    ),
  )
  await move(tx, moves)
  if (soldOut.length === 0) return []
  const ids = soldOut.map(each => each.orderId)
  const holding = await store.holdersAmong(tx, ids)
  return soldOut.filter(each => !holding.has(each.orderId))
}

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

export function createUseCases({ database }: StockNeeds) {
  /** The level of a SKU of this shop; of another shop it is as if there were none. */
  const levelOf = (shopId: Id, levels: readonly store.Level[]): store.Level => {
    const level = levels.find(each => each.shopId === shopId)
    if (!level) throw fail('product.not_found')
    return level
  }

  /** Changes the stock on hand by a request that carries its id: a repeat changes nothing more. */
  async function adjust(actor: Actor, change: Adjustment): Promise<StockLevel> {
    requireShop(actor, 'stock.manage', change.shopId)
    const { id: causeId, skuId, delta, note } = change
    const by = { actorId: actor.kind === 'user' ? actor.userId : null, note }
    return database.tx(async tx => {
      const level = levelOf(change.shopId, await store.lockLevels(tx, [skuId]))
      if (delta === 0 || (await store.isAdjusted(tx, skuId, causeId))) return viewOf(level)
      decideAdjust(level, delta)
      await move(
        tx,
        [{ skuId, reason: 'adjust', causeId, onHandDelta: delta, reservedDelta: 0 }],
        by,
      )
      const [adjusted] = await store.levelsBySku(tx, [skuId])
      return viewOf(must(adjusted, 'a locked level stays'))
    })
  }

  /** The log of a SKU, newest first. */
  async function movements(actor: Actor, q: { shopId: Id; skuId: Id } & PageQuery) {
    requireShop(actor, 'catalog.read', q.shopId)
    levelOf(q.shopId, await store.levelsBySku(database.db, [q.skuId]))
    const beforeSequence = q.cursor === undefined ? null : sequenceOf(q.cursor)
    const limit = q.limit + 1
    const rows = await store.movementsBefore(database.db, { skuId: q.skuId, beforeSequence, limit })
    const page = rows.slice(0, q.limit)
    const last = rows.length > q.limit ? page.at(-1) : undefined
    return {
      items: page.map(({ sequence, ...movement }) => movement),
      next: last ? encodeCursor([last.sequence]) : null,
    }
  }

  return { adjust, movements }
}

function sequenceOf(cursor: string): number {
  const [sequence] = decodeCursor(cursor, 1)
  if (typeof sequence !== 'number') throw fail('request.bad_cursor')
  return sequence
}
