import type { Id } from '@kaibo/kernel/ids'
import { invariant } from '@kaibo/kernel/invariant'
import {
  allocate,
  type Fen,
  fen,
  minusFen,
  multiplyFen,
  sumFen,
  zeroFen,
} from '@kaibo/kernel/money'
import { limitsOf, requirePayable } from './limits.ts'
import { type Line, leftOf } from './line.ts'
import type { Quote, QuotedLine, QuotedUse, ShopQuote } from './quote.ts'

/** One shop's part of the basket. Throws `price.total_out_of_range` for one of nothing (R14). */
export function shopQuote(shopId: Id, lines: readonly Line[], shippingFen: Fen): ShopQuote {
  const itemsFen = leftOf(lines)
  const shelfFen = sumFen(lines.map(line => multiplyFen(line.sku.priceFen, line.quantity)))
  const payableFen = sumFen([itemsFen, shippingFen])
  requirePayable(payableFen)
  return {
    shopId,
    lines: lines.map(quotedLine),
    itemsFen,
    discountFen: minusFen(shelfFen, itemsFen),
    shippingFen,
    payableFen,
  }
}

function quotedLine(line: Line): QuotedLine {
  const { sku, quantity, parts, leftFen } = line
  const shelfFen = multiplyFen(sku.priceFen, quantity)
  const offFen = sumFen(parts.map(part => part.offFen))
  invariant(leftFen >= 0 && shelfFen - offFen === leftFen, 'every fen of a line is explained')
  return {
    productId: sku.productId,
    skuId: sku.skuId,
    title: sku.title,
    spec: sku.spec,
    pictureUrl: sku.pictureUrl,
    listPriceFen: sku.priceFen,
    unitPriceFen: line.unitPriceFen,
    quantity,
    parts: [...parts],
    payableFen: leftFen,
    isGift: line.isGift,
    bundleId: line.bundleId,
    poolId: line.activity?.poolId ?? null,
    limits: limitsOf(line),
  }
}

const totalledFields = ['itemsFen', 'discountFen', 'shippingFen', 'payableFen'] as const

/** The sums over the shops. Throws `price.total_out_of_range` beyond what an amount can hold. */
export function totalOf(shops: readonly ShopQuote[]): Pick<Quote, (typeof totalledFields)[number]> {
  const total = (field: (typeof totalledFields)[number]) => sumFen(shops.map(shop => shop[field]))
  const payableFen = total('payableFen')
  requirePayable(payableFen)
  return {
    itemsFen: total('itemsFen'),
    discountFen: total('discountFen'),
    shippingFen: total('shippingFen'),
    payableFen,
  }
}

/** What each shop's order takes of each offer; whole points go by what they pay there. */
export function quotedUses(shops: readonly ShopQuote[], pointsUsed: number): QuotedUse[] {
  const uses = shops.flatMap(usesOfShop)
  const byPoints = uses.filter(use => use.kind === 'points')
  if (byPoints.length === 0) return uses
  const shares = allocate(
    fen(pointsUsed),
    byPoints.map(use => use.offFen),
  )
  const sharesByShop = new Map(byPoints.map((use, at) => [use.shopId, shares[at] ?? 0]))
  return uses.map(use =>
    use.kind === 'points' ? { ...use, points: sharesByShop.get(use.shopId) ?? 0 } : use,
  )
}

function usesOfShop({ shopId, lines }: ShopQuote): QuotedUse[] {
  const uses = new Map<string, QuotedUse>()
  for (const line of lines)
    for (const { kind, offerId, offFen } of line.parts) {
      if (offerId === null) continue
      const key = `${kind} ${offerId}`
      const before = uses.get(key) ?? { offFen: zeroFen, quantity: 0 }
      uses.set(key, {
        shopId,
        kind,
        offerId,
        offFen: sumFen([before.offFen, offFen]),
        quantity: before.quantity + line.quantity,
        points: 0,
      })
    }
  return [...uses.values()]
}
