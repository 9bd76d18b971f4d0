import { fail } from '@kaibo/contract/core/fail'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { Struck } from './index.ts'

/**
 * A struck-through price is above the price and has a basis (compliance, row 12): a list price
 * names its source; the lowest price of the 30 days before this price began is what our own
 * history says, not what was typed. Throws `product.strike_without_basis`.
 */
export function decideStrikes<S extends Struck>(
  skus: readonly S[],
  lowestFenOf: ReadonlyMap<Id, Fen>,
): S[] {
  return skus.map(sku => {
    if (!sku.strike) return sku
    const isList = sku.strike.basis === 'list_price'
    const strikeFen = isList ? sku.strike.fen : lowestFenOf.get(sku.id)
    const hasBasis = !isList || sku.strike.source !== ''
    if (strikeFen === undefined || strikeFen <= sku.priceFen || !hasBasis) {
      throw fail('product.strike_without_basis', { skuId: sku.id })
    }
    const source = isList ? sku.strike.source : ''
    return { ...sku, strike: { ...sku.strike, fen: strikeFen, source } }
  })
}
