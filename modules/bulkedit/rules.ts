import { fail } from '@kaibo/contract/core/fail'
import type { BulkChange } from '@kaibo/contract/goods/catalog-api'
import { type Fen, fen } from '@kaibo/kernel/money'
import type { WorkingCopy } from '@kaibo/modules/catalog'

const priceFenMax = 1_000_000_000

/** A price after a change. Throws `product.price_out_of_range`. */
export function decidePrice(
  priceFen: Fen,
  { priceBps = 0, priceDeltaFen = 0 }: { priceBps?: number; priceDeltaFen?: number },
): Fen {
  const changed = Math.round((priceFen * (10_000 + priceBps)) / 10_000) + priceDeltaFen
  if (changed < 1 || changed > priceFenMax) throw fail('product.price_out_of_range')
  return fen(changed)
}

/** A product with what a change says; everything else stays. Throws `product.price_out_of_range`. */
export function decideChange(copy: WorkingCopy, change: Omit<BulkChange, 'shelf'>): WorkingCopy {
  const { addTagIds = [], removeTagIds = [], categoryId = copy.categoryId } = change
  const tagIds = [...new Set([...copy.tagIds, ...addTagIds])].filter(
    id => !removeTagIds.includes(id),
  )
  const skus = copy.skus.map(sku => ({ ...sku, priceFen: decidePrice(sku.priceFen, change) }))
  const isPriced = change.priceBps !== undefined || change.priceDeltaFen !== undefined
  return { ...copy, categoryId, tagIds, skus: isPriced ? skus : copy.skus }
}
