import type { Db, Tx } from '@kaibo/db/database'
import { basisPoints } from '@kaibo/kernel/money'
import type {
  OfferAsk,
  OfferSource,
  OfferUse,
  PointsOffer,
  RefusedOrder,
} from '@kaibo/modules/price'
import { giveBack } from './points.ts'
import { decideSpends } from './rules.ts'
import * as store from './store.ts'

/** Points as an offer: taken when an order is placed, given back when it closes. */
export const pointsOffers: OfferSource = {
  name: 'points',
  offersFor,
  consume,
  release: giveBack,
}

async function offersFor(db: Db, asks: readonly OfferAsk[]): Promise<PointsOffer[][]> {
  const buyerIds = new Set(asks.flatMap(ask => (ask.wantsPoints ? (ask.buyerId ?? []) : [])))
  if (buyerIds.size === 0) return asks.map(() => [])
  const [{ settings }, balances] = await Promise.all([
    store.readSettings(db),
    store.balancesOf(db, [...buyerIds]),
  ])
  return asks.map(({ wantsPoints, buyerId }) => {
    const balance = wantsPoints && buyerId !== null ? (balances.get(buyerId) ?? 0) : 0
    if (!settings.isOn || balance === 0 || buyerId === null) return []
    return [
      {
        stage: 'points',
        kind: 'points',
        offerId: buyerId,
        title: '积分 Points',
        balance,
        pointsPerYuan: settings.pointsPerYuan,
        shareMaxBps: basisPoints(settings.shareMaxBps),
      },
    ]
  })
}

async function consume(tx: Tx, uses: readonly OfferUse[]): Promise<RefusedOrder[]> {
  const asked = uses.filter(use => use.kind === 'points' && use.points > 0)
  if (asked.length === 0) return []
  const buyerIds = [...new Set(asked.map(use => use.buyerId))]
  await store.lockAccounts(tx, buyerIds)
  const holding = new Set(
    (
      await store.spendersAmong(
        tx,
        asked.map(use => use.orderId),
      )
    ).map(each => each.orderId),
  )
  const { spends, taken, refused } = decideSpends(
    await store.openLots(tx, buyerIds),
    asked.filter(use => !holding.has(use.orderId)),
  )
  if (taken.length === 0) return refused
  await store.takeLots(tx, taken)
  await store.applyChanges(
    tx,
    spends.map(({ orderId, userId, points }) => ({
      userId,
      reason: 'spend',
      causeId: orderId,
      delta: -points,
    })),
  )
  return refused
}
