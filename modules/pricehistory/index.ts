import type { NewProduct } from '@kaibo/contract/goods/catalog'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import { decideStrikes } from './rules.ts'
import * as store from './store.ts'

export type { PriceChange } from './store.ts'

/** A price now; null = it cannot be bought. */
export type PriceNow = { skuId: Id; priceFen: Fen | null }
/** A SKU with the struck-through price that is wished for it. */
export type Struck = {
  id: Id
  priceFen: Fen
  strike: NonNullable<NewProduct['skus'][number]['strike']> | null
}

/** What SKUs cost from when on 价格历史, and the struck-through prices that rest on it. */
export type PriceHistory = {
  /** Notes prices from now on; where nothing changed, nothing is noted. */
  note(tx: Tx, change: { prices: readonly PriceNow[]; by: Id | null }): Promise<void>
  /**
   * The SKUs with their struck-through prices as our own history has them. Throws
   * `product.strike_without_basis`.
   */
  withBasis<S extends Struck>(db: Db, skus: readonly S[]): Promise<S[]>
  /** The changes of these SKUs, newest first; at most 500. */
  changesOf(db: Db, skuIds: readonly Id[]): Promise<store.PriceChange[]>
}

export const createPriceHistory = (): PriceHistory => ({
  note: store.notePrices,
  withBasis: async (db, skus) => {
    const own = skus.filter(sku => sku.strike?.basis === 'lowest_30_days')
    return decideStrikes(skus, await store.lowestBefore(db, own))
  },
  changesOf: store.changesOf,
})
