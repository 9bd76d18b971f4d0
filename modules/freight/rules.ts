import { fail } from '@kaibo/contract/core/fail'
import type { FreightPlan } from '@kaibo/contract/trade/freight'
import { freightFen } from '@kaibo/contract/trade/freight-fen'
import type { Id } from '@kaibo/kernel/ids'
import { type Fen, sumFen, zeroFen } from '@kaibo/kernel/money'
import type { FreightItem, ShippingOf } from '@kaibo/modules/price'

/** A region belongs to one rule. Throws `freight.regions_clash`. */
export function decidePlan({ rules }: Pick<FreightPlan, 'rules'>): void {
  const seen = new Set<string>()
  for (const region of rules.flatMap(rule => rule.regions)) {
    if (seen.has(region)) throw fail('freight.regions_clash', { regions: [region] })
    seen.add(region)
  }
}

export type Charging = { id: Id; shopId: Id; isDefault: boolean; plan: FreightPlan }

/**
 * What a shop's goods cost to send to a region: each template charges for its own goods. Goods go
 * by the template they name while their shop has it, else by the shop's default one; a shop without
 * any template sends for nothing. Throws `freight.unreachable` with all SKUs that cannot be sent.
 */
export const shippingOf =
  (templates: readonly Charging[], regionCode: string): ShippingOf =>
  (shopId, items) => {
    const own = templates.filter(template => template.shopId === shopId)
    const byDefault = own.find(template => template.isDefault)
    const groups = Map.groupBy(
      items,
      item => own.find(template => template.id === item.freightTemplateId) ?? byDefault,
    )
    const unreachable: FreightItem[] = []
    const fens = [...groups].map(([template, goods]): Fen => {
      const costFen = template ? freightFen(template.plan, regionCode, goods) : zeroFen
      if (costFen === null) unreachable.push(...goods)
      return costFen ?? zeroFen
    })
    if (unreachable.length > 0)
      throw fail('freight.unreachable', { skuIds: unreachable.map(item => item.skuId) })
    return sumFen(fens)
  }
