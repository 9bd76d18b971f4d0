import { fail } from '@kaibo/contract/core/fail'
import type { FlashSalePlan } from '@kaibo/contract/offer/flashsale'
import { dayMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import { machine } from '@kaibo/kernel/machine'
import type { SkuFacts } from '@kaibo/modules/catalog'

export const saleLife = machine('scheduled', {
  scheduled: { start: 'running', cancel: 'cancelled' },
  running: { end: 'ended' },
  ended: {},
  cancelled: {},
})
export type SaleEvent = 'start' | 'cancel' | 'end'

/** A sale that never ends is a price. */
const windowMsMax = 31 * dayMs

/**
 * Whether a shop may plan this. Throws `product.not_found` for goods of others, or
 * `flashsale.plan_invalid` with the field that does not fit.
 */
export function decidePlan(
  plan: FlashSalePlan,
  { shopId, skus, now }: { shopId: Id; skus: readonly SkuFacts[]; now: Date },
): void {
  const own = new Map(skus.filter(sku => sku.shopId === shopId).map(sku => [sku.skuId, sku]))
  const foreign = plan.items.filter(item => !own.has(item.skuId))
  if (foreign.length > 0)
    throw fail('product.not_found', { skuIds: foreign.map(item => item.skuId) })
  const field = wrongField(plan, now)
  if (field) throw fail('flashsale.plan_invalid', { field })
  const dear = plan.items.filter(item => item.priceFen >= (own.get(item.skuId)?.priceFen ?? 0))
  if (dear.length > 0)
    throw fail('flashsale.plan_invalid', {
      field: 'priceFen',
      skuIds: dear.map(item => item.skuId),
    })
}

function wrongField(plan: FlashSalePlan, now: Date): string | undefined {
  const startsAtMs = Date.parse(plan.startsAt)
  const endsAtMs = Date.parse(plan.endsAt)
  if (endsAtMs <= startsAtMs || endsAtMs <= now.getTime()) return 'endsAt'
  if (endsAtMs - startsAtMs > windowMsMax) return 'endsAt'
  if (plan.liveId !== null && plan.channel !== 'live') return 'liveId'
  if (new Set(plan.items.map(item => item.skuId)).size < plan.items.length) return 'items'
  if (plan.items.some(item => item.priceFen === 0)) return 'priceFen'
  if (plan.items.some(item => (item.perPersonMax ?? 0) > item.quota)) return 'perPersonMax'
  return undefined
}
