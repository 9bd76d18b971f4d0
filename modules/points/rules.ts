import type { PointsSettings } from '@kaibo/contract/offer/points'
import { dayMs, hourMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { OfferUse, RefusedOrder } from '@kaibo/modules/price'

const fenPerYuan = 100
/** Years end at midnight in Shanghai. */
const shanghaiMs = 8 * hourMs

/** Whole points for what was paid; a part of a yuan counts for its part, rounded down. */
export function earnedFor(paidFen: Fen, { isOn, earnedPerYuan }: PointsSettings): number {
  return isOn ? Math.floor((paidFen * earnedPerYuan) / fenPerYuan) : 0
}

/** When points that come now expire: after so many days, or when the next calendar year ends (R27). */
export function expiryOf(at: Date, { expiry, validDays }: PointsSettings): Date {
  if (expiry === 'rolling') return new Date(at.getTime() + validDays * dayMs)
  const year = new Date(at.getTime() + shanghaiMs).getUTCFullYear()
  return new Date(Date.UTC(year + 2, 0, 1) - shanghaiMs)
}

/** Points that came together and are not spent; of one person the soonest to expire first. */
export type Lot = { id: Id; userId: Id; left: number }

export type Taken = { orderId: Id; lotId: Id; points: number }
export type Spend = { orderId: Id; userId: Id; points: number }

/**
 * Who may spend what: checkouts in the order given, each whole or not at all, from the lots that
 * expire first. Lots are in the order in which they are to be taken.
 */
export function decideSpends(
  lots: readonly Lot[],
  uses: readonly OfferUse[],
): { spends: Spend[]; taken: Taken[]; refused: RefusedOrder[] } {
  const lotsOf = Map.groupBy(
    lots.map(lot => ({ ...lot })),
    lot => lot.userId,
  )
  const spends: Spend[] = []
  const taken: Taken[] = []
  const refused: RefusedOrder[] = []
  for (const asked of Map.groupBy(uses, use => use.checkoutId).values()) {
    const wanted = asked.reduce((sum, use) => sum + use.points, 0)
    const mine = (lotsOf.get(asked[0]?.buyerId ?? '') ?? []).filter(lot => lot.left > 0)
    if (wanted > mine.reduce((sum, lot) => sum + lot.left, 0)) {
      refused.push(
        ...asked.map(({ orderId }) => ({ orderId, code: 'price.points_short' as const })),
      )
      continue
    }
    for (const { orderId, buyerId: userId, points } of asked) {
      spends.push({ orderId, userId, points })
      taken.push(...takeFrom(mine, { orderId, points }))
    }
  }
  return { spends, taken, refused }
}

/** Takes points from lots in their order, which shrink. */
function takeFrom(
  lots: readonly { id: Id; left: number }[],
  { orderId, points }: { orderId: Id; points: number },
): Taken[] {
  const taken: Taken[] = []
  let missing = points
  for (const lot of lots) {
    const part = Math.min(lot.left, missing)
    if (part === 0) continue
    lot.left -= part
    missing -= part
    taken.push({ orderId, lotId: lot.id, points: part })
  }
  return taken
}
