import { inScope } from '@kaibo/contract/offer/offer-scope'
import type { PricePart } from '@kaibo/contract/offer/price'
import type { Id } from '@kaibo/kernel/ids'
import {
  allocate,
  type Fen,
  fen,
  minusFen,
  multiplyFen,
  sumFen,
  zeroFen,
} from '@kaibo/kernel/money'
import type { ActivityOffer, Offer, PriceSku, Scope } from './offer.ts'
import type { PriceLine } from './quote.ts'

/** A line on its way through the stages: `list × quantity − Σ parts = leftFen` at every step. */
export type Line = {
  sku: PriceSku
  quantity: number
  bundleId: Id | null
  isGift: boolean
  activity: ActivityOffer | null
  unitPriceFen: Fen
  parts: readonly PricePart[]
  leftFen: Fen
}

export type Counts = (line: Line) => boolean

/** As it lies on the shelf. */
export const lineOf = ({ sku, quantity, bundleId }: PriceLine): Line => ({
  sku,
  quantity,
  bundleId,
  isGift: false,
  activity: null,
  unitPriceFen: sku.priceFen,
  parts: [],
  leftFen: multiplyFen(sku.priceFen, quantity),
})

/** Goods of a shop in scope that offers of the shop count: neither gifts nor at an activity price. */
export const countsFor =
  ({ shopId, scope }: { shopId: Id; scope: Scope }): Counts =>
  line =>
    !line.isGift && !line.activity && line.sku.shopId === shopId && inScope(line.sku, scope)

export const leftOf = (lines: readonly Line[]): Fen => sumFen(lines.map(line => line.leftFen))

/** Takes `offFen` off one line. */
export const cutLine = (line: Line, offer: Offer, offFen: Fen): Line =>
  offFen === 0
    ? line
    : {
        ...line,
        parts: [
          ...line.parts,
          { kind: offer.kind, offerId: offer.offerId, title: offer.title, offFen },
        ],
        leftFen: minusFen(line.leftFen, offFen),
      }

/**
 * Takes up to `wantFen` off the lines that count: first split over shops, then over lines, both by
 * what is left and with the largest remainder (R11). Every shop keeps one fen, because orders of
 * nothing are refused (R14).
 */
export function takeOff(
  lines: readonly Line[],
  cut: { offer: Offer; counts: Counts; wantFen: Fen },
): Line[] {
  const shops = [...Map.groupBy(lines, line => line.sku.shopId).values()]
  const roomsFen = shops.map(shop => roomOf(shop, cut.counts))
  const offFen = fen(Math.min(cut.wantFen, sumFen(roomsFen)))
  if (offFen <= 0) return [...lines]
  const shares = allocate(offFen, roomsFen)
  return shops.flatMap((shop, index) => cutShop(shop, { ...cut, offFen: shares[index] ?? zeroFen }))
}

/** How much could be taken off the lines that count. */
export const roomFen = (lines: readonly Line[], counts: Counts): Fen =>
  sumFen(
    [...Map.groupBy(lines, line => line.sku.shopId).values()].map(shop => roomOf(shop, counts)),
  )

const roomOf = (shop: readonly Line[], counts: Counts): Fen =>
  fen(Math.max(0, Math.min(leftOf(shop.filter(counts)), leftOf(shop) - 1)))

function cutShop(
  shop: readonly Line[],
  { offer, counts, offFen }: { offer: Offer; counts: Counts; offFen: Fen },
): Line[] {
  if (offFen === 0) return [...shop]
  const shares = allocate(
    offFen,
    shop.map(line => (counts(line) ? line.leftFen : 0)),
  )
  return shop.map((line, index) => cutLine(line, offer, shares[index] ?? zeroFen))
}

/** Offers are computed in the order of their ids, so that nobody's order of asking matters. */
export const byOfferId = (a: { offerId: Id }, b: { offerId: Id }): number =>
  a.offerId < b.offerId ? -1 : Number(a.offerId > b.offerId)
