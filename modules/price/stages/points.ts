import { fail } from '@kaibo/contract/core/fail'
import type { PointsChoice } from '@kaibo/contract/offer/price'
import { type Fen, fen, times, zeroFen } from '@kaibo/kernel/money'
import { type Line, leftOf, roomFen, takeOff } from '../line.ts'
import type { Offer, PointsOffer } from '../offer.ts'

const none: PointsChoice = { balance: 0, usableMax: 0, used: 0, offFen: zeroFen }

const counts = (line: Line) => !line.isGift

/**
 * Whole points off the goods, up to their share of the basket; shipping is never paid with them.
 * Throws `price.points_short` for more than can be used.
 */
export function applyPoints(
  lines: readonly Line[],
  offers: readonly Offer[],
  pointsUsed: number,
): { lines: Line[]; points: PointsChoice } {
  const offer = offers.find(candidate => candidate.stage === 'points')
  const usableMax = offer ? usableOf(lines, offer) : 0
  if (pointsUsed > usableMax) throw fail('price.points_short', { usableMax })
  if (!offer) return { lines: [...lines], points: none }
  const offFen = worthOf(pointsUsed, offer)
  return {
    lines: takeOff(lines, { offer, counts, wantFen: offFen }),
    points: { balance: offer.balance, usableMax, used: pointsUsed, offFen },
  }
}

/** Floored: a point that is worth less than a fen takes nothing off by itself. */
const worthOf = (points: number, { pointsPerYuan }: PointsOffer): Fen =>
  fen(Math.floor((points * 100) / pointsPerYuan))

function usableOf(lines: readonly Line[], offer: PointsOffer): number {
  const goods = lines.filter(counts)
  const shareFen = times(leftOf(goods), offer.shareMaxBps, 'down')
  const capFen = Math.min(shareFen, roomFen(lines, counts))
  return Math.max(0, Math.min(offer.balance, Math.floor((capFen * offer.pointsPerYuan) / 100)))
}
