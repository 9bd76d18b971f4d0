import type { Id } from '@kaibo/kernel/ids'
import { quantityMax } from '../limits.ts'
import { countsFor, cutLine, type Line, lineOf } from '../line.ts'
import type { BuyGiftOffer, Gift, Offer, ReductionOffer } from '../offer.ts'
import type { GiftFacts } from '../quote.ts'

/** What an offer gives, before anybody looked whether it is there. */
export type Given = { offer: BuyGiftOffer | ReductionOffer; gift: Gift }

/** Buy X, get Y: the gifts once for every `buyCount` goods in scope. */
export const giftsBought = (lines: readonly Line[], offers: readonly Offer[]): Given[] =>
  offers
    .filter(offer => offer.stage === 'gift')
    .flatMap(offer => {
      const bought = lines.filter(countsFor(offer))
      const count = bought.reduce((sum, line) => sum + line.quantity, 0)
      return given(offer, {
        gifts: offer.gifts,
        times: Math.min(offer.timesMax, Math.floor(count / offer.buyCount)),
      })
    })

/** The gifts of an offer so many times. */
export const given = (
  offer: Given['offer'],
  { gifts, times }: { gifts: readonly Gift[]; times: number },
): Given[] =>
  times === 0
    ? []
    : gifts.map(({ skuId, quantity }) => ({ offer, gift: { skuId, quantity: quantity * times } }))

/**
 * Adds gifts as lines that cost nothing, their offer saying why. What was bought goes first: of a
 * gift that runs out there are fewer, of one that is sold out or foreign none.
 */
export function addGifts(
  lines: readonly Line[],
  all: readonly Given[],
  facts: readonly GiftFacts[],
): Line[] {
  if (all.length === 0) return [...lines]
  const skus = new Map(facts.map(({ sku }) => [sku.skuId, sku]))
  const left = new Map<Id, number>(facts.map(({ sku, available }) => [sku.skuId, available]))
  for (const { sku, quantity } of lines) left.set(sku.skuId, (left.get(sku.skuId) ?? 0) - quantity)
  const gifts = all.flatMap(({ offer, gift }) => {
    const sku = skus.get(gift.skuId)
    const there = left.get(gift.skuId) ?? 0
    const quantity = Math.min(gift.quantity, there, quantityMax)
    if (sku?.shopId !== offer.shopId || quantity <= 0) return []
    left.set(gift.skuId, there - quantity)
    const line = lineOf({ sku, quantity, bundleId: null })
    return [cutLine({ ...line, isGift: true }, offer, line.leftFen)]
  })
  return [...lines, ...gifts]
}
