import { fail } from '@kaibo/contract/core/fail'
import {
  type MovementReason,
  poolChanged,
  type StockLevel,
  stockChanged,
} from '@kaibo/contract/goods/stock'
import type { OrderState } from '@kaibo/contract/trade/order'
import type { Database, Db, Tx } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import { type Id, newId } from '@kaibo/kernel/ids'
import { type Allotment, decideHolds, type Hold, keyOf, type SoldOut, shelfId } from './rules.ts'
import * as store from './store.ts'

/** What a SKU is called, in lists that people read. */
export type SkuName = {
  skuId: Id
  productId: Id
  title: string
  spec: Record<string, string>
  pictureUrl: string | null
}

export type StockNeeds = {
  database: Database
  /** Where orders stand, to explain what they hold; without it a check compares numbers alone. */
  ordersOf?: (
    db: Db,
    orderIds: readonly Id[],
  ) => Promise<ReadonlyMap<Id, { number: string; state: OrderState }>>
  /** Who else knows what goods and people are called; without it lists show numbers alone. */
  names?: {
    skusByIds(db: Db, skuIds: readonly Id[]): Promise<SkuName[]>
    /** SKUs of a shop whose product is called like `text`. */
    skuIdsLike(db: Db, q: { shopId: Id; text: string; limit: number }): Promise<Id[]>
    peopleByIds(db: Db, ids: readonly Id[]): Promise<ReadonlyMap<Id, { nickname: string }>>
  }
}

/** A SKU that begins to have stock. */
export type Opening = {
  skuId: Id
  productId: Id
  shopId: Id
  onHand: number
  actorId: Id | null
}

export const availableOf = (level: store.Level): number => level.onHand - level.reserved
export const isShelf = ({ poolId }: store.LevelKey): boolean => poolId === shelfId
export const onShelf = (skuId: Id): store.LevelKey => ({ skuId, poolId: shelfId })

/** Everything the shop has of a SKU, and what of it can be ordered from the shelf. */
export function viewOf(skuId: Id, levels: readonly store.Level[]): StockLevel {
  const shelf = levels.find(isShelf)
  return {
    skuId,
    onHand: levels.reduce((sum, level) => sum + level.onHand, 0),
    reserved: levels.reduce((sum, level) => sum + level.reserved, 0),
    available: shelf ? availableOf(shelf) : 0,
  }
}

/** Writes moves and tells everybody the new levels of the shelf, shop by shop. */
export async function move(
  tx: Tx,
  moves: readonly store.Move[],
  by?: { actorId: Id | null; note: string },
): Promise<store.Level[]> {
  const changed = moves.length > 0 ? await store.applyMoves(tx, moves, by) : []
  for (const [shopId, levels] of Map.groupBy(changed.filter(isShelf), level => level.shopId)) {
    await publish(tx, stockChanged, {
      shopId,
      levels: levels.map(level => ({
        skuId: level.skuId,
        productId: level.productId,
        available: availableOf(level),
      })),
    })
  }
  await tellCrossed(tx, moves, changed)
  return changed
}

/** Tells of pools that sold out, or have something again; what is between is not worth an event. */
async function tellCrossed(
  tx: Tx,
  moves: readonly store.Move[],
  changed: readonly store.Level[],
): Promise<void> {
  const gained = new Map<string, number>()
  for (const move of moves)
    gained.set(keyOf(move), (gained.get(keyOf(move)) ?? 0) + move.onHandDelta - move.reservedDelta)
  const crossed = changed.filter(level => {
    const before = availableOf(level) - (gained.get(keyOf(level)) ?? 0)
    return !isShelf(level) && availableOf(level) > 0 !== before > 0
  })
  for (const [shopId, levels] of Map.groupBy(crossed, level => level.shopId))
    await publish(tx, poolChanged, {
      shopId,
      poolIds: [...new Set(levels.map(level => level.poolId))],
    })
}

/** Begins the stock of new SKUs; a SKU that has stock already is left alone. */
export async function open(tx: Tx, rows: readonly Opening[]): Promise<void> {
  const levels = rows.map(row => ({ ...row, poolId: shelfId }))
  await store.insertLevels(tx, levels)
  await store.lockLevels(tx, levels)
  for (const [actorId, opened] of Map.groupBy(rows, row => row.actorId)) {
    const moves = opened.filter(row => row.onHand > 0).map(initialMove)
    await move(tx, moves, { actorId, note: '' })
  }
}

const initialMove = ({ skuId, onHand }: Opening): store.Move => ({
  ...onShelf(skuId),
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
  const levels = await store.lockLevels(tx, holds.flatMap(holdMoves))
  const holders = await store.holdersAmong(
    tx,
    holds.map(each => each.orderId),
  )
  const { held, soldOut } = decideHolds(
    new Map(levels.map(level => [keyOf(level), availableOf(level)])),
    holds.filter(each => !holders.has(each.orderId)),
  )
  await move(tx, held.flatMap(holdMoves))
  return soldOut
}

const holdMoves = ({ orderId, lines }: Hold): store.Move[] =>
  lines.map(({ skuId, poolId, quantity }) => ({
    skuId,
    poolId: poolId ?? shelfId,
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
  const held = await store.heldBy(tx, orderIds)
  // The shelves too: what comes free in a pool that is over goes there.
  await store.lockLevels(tx, [...held, ...held.map(({ skuId }) => onShelf(skuId))])
  const moves = held.map(
    ({ orderId, skuId, poolId, quantity }): store.Move => ({
      skuId,
      poolId,
      reason,
      causeId: orderId,
      onHandDelta: reason === 'ship' ? -quantity : 0,
      reservedDelta: -quantity,
    }),
  )
  const changed = await move(tx, moves)
  await move(tx, returnMoves(changed.filter(level => level.isOver)))
}

/**
 * Moves goods off the shelf into pools, from which only those are sold who name them; once per SKU,
 * pool and cause. Throws `stock.sold_out` when the shelf has less.
 */
export async function allot(tx: Tx, allotments: readonly Allotment[]): Promise<void> {
  const shelves = await store.levelsBySku(
    tx,
    allotments.map(each => each.skuId),
  )
  const shelfBySku = new Map(shelves.filter(isShelf).map(level => [level.skuId, level]))
  const pools = allotments.flatMap(each => {
    const shelf = shelfBySku.get(each.skuId)
    return shelf ? [{ ...shelf, ...each }] : []
  })
  await store.insertLevels(tx, pools)
  const levels = await store.lockLevels(tx, [...pools, ...shelves.filter(isShelf)])
  const untouched = new Set(await store.unallotted(tx, allotments).then(keys => keys.map(keyOf)))
  const fresh = allotments.filter(each => untouched.has(keyOf(each)))
  const left = new Map(levels.filter(isShelf).map(level => [level.skuId, availableOf(level)]))
  for (const { skuId, quantity } of fresh) left.set(skuId, (left.get(skuId) ?? 0) - quantity)
  const short = [...left].flatMap(([skuId, available]) => (available < 0 ? [skuId] : []))
  if (short.length > 0) throw fail('stock.sold_out', { skuIds: short })
  await move(
    tx,
    fresh.flatMap(({ skuId, poolId, quantity, causeId }) =>
      shift({ skuId, poolId, reason: 'allot', causeId: causeId ?? poolId, quantity }),
    ),
  )
}

/**
 * Takes what is free in pools back to the shelf, and whatever comes free in them from now on.
 * Again changes nothing.
 */
export async function returnPool(tx: Tx, poolIds: readonly Id[]): Promise<void> {
  const pools = await store.levelsOfPools(tx, poolIds)
  const keys = [...pools, ...pools.map(({ skuId }) => onShelf(skuId))]
  const levels = await store.lockLevels(tx, keys)
  await store.endPools(tx, poolIds)
  await move(tx, returnMoves(levels.filter(level => !isShelf(level))))
}

const returnMoves = (pools: readonly store.Level[]): store.Move[] =>
  pools
    .filter(level => availableOf(level) > 0)
    .flatMap(level =>
      shift({ ...level, reason: 'return', causeId: newId(), quantity: -availableOf(level) }),
    )

/** Two movements that sum to nothing: off the shelf, into the pool; or back, for less than zero. */
function shift({
  skuId,
  poolId,
  quantity,
  ...why
}: Allotment & Pick<store.Move, 'reason' | 'causeId'>): store.Move[] {
  return [
    { ...onShelf(skuId), ...why, onHandDelta: -quantity, reservedDelta: 0 },
    { skuId, poolId, ...why, onHandDelta: quantity, reservedDelta: 0 },
  ]
}

/** What lies in pools, also of those that are over. */
export async function poolLevels(db: Db, poolIds: readonly Id[]): Promise<PoolLevel[]> {
  const levels = await store.levelsOfPools(db, poolIds)
  return levels.map(level => ({
    skuId: level.skuId,
    poolId: level.poolId,
    onHand: level.onHand,
    reserved: level.reserved,
    available: availableOf(level),
  }))
}

export type PoolLevel = StockLevel & { poolId: Id }

/** Stock of SKUs; a SKU without stock is missing. */
export async function levelsBySku(db: Db, skuIds: readonly Id[]): Promise<Map<Id, StockLevel>> {
  const levels = await store.levelsBySku(db, skuIds)
  const bySku = Map.groupBy(levels, level => level.skuId)
  return new Map([...bySku].map(([skuId, own]) => [skuId, viewOf(skuId, own)]))
}

/** The shelf's level of a SKU of this shop; a SKU of another shop is as unknown as none at all. */
export function shelfOf(shopId: Id, levels: readonly store.Level[]): store.Level {
  const level = levels.find(each => each.shopId === shopId && isShelf(each))
  if (!level) throw fail('product.not_found')
  return level
}
