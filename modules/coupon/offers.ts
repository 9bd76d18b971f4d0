import type { Db, Tx } from '@kaibo/db/database'
import { basisPoints } from '@kaibo/kernel/money'
import type {
  CouponOffer,
  OfferAsk,
  OfferSource,
  OfferUse,
  RefusedOrder,
} from '@kaibo/modules/price'
import { decideLocks } from './rules.ts'
import * as store from './use-store.ts'

/** Coupons as offers: a buyer's copy is locked by a checkout, and used or given back with its orders. */
export const couponOffers: OfferSource = {
  name: 'coupon',
  offersFor,
  consume,
  release: store.release,
}

async function offersFor(db: Db, asks: readonly OfferAsk[]): Promise<CouponOffer[][]> {
  const asking = asks.filter(ask => ask.buyerId !== null && ask.couponIds?.length !== 0)
  if (asking.length === 0) return asks.map(() => [])
  const buyerIds = new Set(asking.flatMap(ask => (ask.couponIds ? [] : (ask.buyerId ?? []))))
  const copyIds = asking.flatMap(ask => ask.couponIds ?? [])
  const shopIds = new Set(asking.flatMap(ask => ask.skus.map(sku => sku.shopId)))
  const rows = await store.copiesOfBuyers(db, {
    buyerIds: [...buyerIds],
    copyIds,
    shopIds: [...shopIds],
  })
  const byBuyer = Map.groupBy(rows, row => row.userId)
  return asks.map(({ couponIds, buyerId, skus }) => {
    if (couponIds?.length === 0 || buyerId === null) return []
    const shops = new Set(skus.map(sku => sku.shopId))
    const mine = byBuyer.get(buyerId) ?? []
    return mine.filter(row => row.shopId === null || shops.has(row.shopId)).map(offerOf)
  })
}

const offerOf = (row: store.OfferRow): CouponOffer => ({
  stage: 'coupon',
  kind: 'coupon',
  offerId: row.id,
  title: row.title,
  shopId: row.shopId,
  scope: row.scope === 'all' ? { only: 'all' } : { only: row.scope, ids: row.scopeIds },
  thresholdFen: row.thresholdFen,
  off:
    row.offFen === null
      ? { bps: basisPoints(row.offBps ?? 0), maxFen: row.offMaxFen }
      : { fen: row.offFen },
  group: row.group,
  withActivity: row.withActivity,
  problem: row.problem,
})

async function consume(tx: Tx, uses: readonly OfferUse[]): Promise<RefusedOrder[]> {
  const asked = uses.filter(use => use.kind === 'coupon')
  if (asked.length === 0) return []
  const copies = await store.lockCopies(tx, [...new Set(asked.map(use => use.offerId))])
  const { granted, refused } = decideLocks(new Map(copies.map(copy => [copy.id, copy])), asked)
  if (granted.length > 0) await store.writeLocks(tx, granted)
  return refused
}
