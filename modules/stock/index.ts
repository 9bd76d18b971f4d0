import type { Handlers } from '@kaibo/contract/core/handlers'
import { type StockLevel, type stockApi, stockChanged } from '@kaibo/contract/goods/stock'
import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db, Tx } from '@kaibo/db/database'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { type Adjustments, adjustAll } from './adjust.ts'
import { watch } from './alert.ts'
import { check, repair } from './check.ts'
import { skuIdsOfShop } from './list-store.ts'
import { createHandlers } from './routes.ts'
import type { Allotment, Hold, SoldOut } from './rules.ts'
import {
  allot,
  hold,
  levelsBySku,
  type Opening,
  open,
  type PoolLevel,
  poolLevels,
  release,
  returnPool,
  type StockNeeds,
  ship,
} from './stock.ts'
import { productsWithin } from './store.ts'

export type { Adjustments, Allotment, Hold, Opening, PoolLevel, SoldOut, StockNeeds }

/** What shops have of every SKU, and who holds it. */
export type Stock = {
  handlers: Handlers<typeof stockApi>
  subscribers: readonly Subscriber[]
  /** Begins the stock of new SKUs. */
  open(tx: Tx, rows: readonly Opening[]): Promise<void>
  /** Reserves for many orders at once; answers with those that hold nothing, and what is sold out. */
  hold(tx: Tx, holds: readonly Hold[]): Promise<SoldOut[]>
  /** Gives back what orders hold; once. */
  release(tx: Tx, orderIds: readonly Id[]): Promise<void>
  /** Takes what orders hold off the shelf; once. */
  ship(tx: Tx, orderIds: readonly Id[]): Promise<void>
  /**
   * Moves goods off the shelf into the pools of activities, once per SKU, pool and cause. Throws
   * `stock.sold_out` when the shelf has less.
   */
  allot(tx: Tx, allotments: readonly Allotment[]): Promise<void>
  /** Takes what is free in pools back to the shelf, and whatever comes free in them later. */
  returnPool(tx: Tx, poolIds: readonly Id[]): Promise<void>
  /**
   * Changes the stock on hand of the shelf with a document, all SKUs or none; the same document again
   * changes nothing more. Throws `stock.below_reserved`.
   */
  adjustAll(tx: Tx, adjustments: Adjustments): Promise<void>
  /** What lies in pools, also of those that are over. */
  poolLevels(db: Db, poolIds: readonly Id[]): Promise<PoolLevel[]>
  /** On hand and reserved of all pools together; what is available is the shelf's. */
  levelsBySku(db: Db, skuIds: readonly Id[]): Promise<Map<Id, StockLevel>>
  /** Products of a shop of which at most so many of some SKU can be ordered. */
  productsWithin(db: Db, q: { shopId: Id; availableMax: number }): Promise<Id[]>
  /** SKUs that a shop keeps stock of. */
  skuIdsOfShop(db: Db, q: { shopId: Id; limit: number }): Promise<Id[]>
  /** Whether every level equals its movements and what orders hold. */
  check(db: Db): Promise<CheckReport>
  /** Mends what the check explains, for whoever asked for it; returns what it did. */
  repair(): Promise<string[]>
}

export const createStock = (needs: StockNeeds): Stock => ({
  handlers: createHandlers(needs),
  subscribers: [
    subscriber(stockChanged, {
      consumer: 'stock.watch',
      handle: (tx, { shopId, levels }) =>
        watch(
          tx,
          levels.map(level => ({ ...level, shopId })),
        ),
    }),
  ],
  adjustAll,
  skuIdsOfShop,
  open,
  hold,
  release,
  ship,
  allot,
  returnPool,
  poolLevels,
  levelsBySku,
  productsWithin,
  check: db => check(needs, db),
  repair: () => repair(needs),
})
