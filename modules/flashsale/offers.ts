import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Live } from '@kaibo/modules/live'
import type {
  ActivityOffer,
  OfferAsk,
  OfferSource,
  OfferUse,
  RefusedOrder,
} from '@kaibo/modules/price'
import type { Stock } from '@kaibo/modules/stock'
import * as store from './offer-store.ts'

export type OffersNeeds = { live: Pick<Live, 'isInRoom'>; stock: Pick<Stock, 'poolLevels'> }

/** Flash prices as offers: everywhere, or only for those who prove that they are in the room. */
export const createOffers = (needs: OffersNeeds): OfferSource => ({
  name: 'flashsale',
  offersFor: (db, asks) => offersFor(needs, db, asks),
  consume,
  release: store.releaseUses,
})

async function offersFor(
  { live, stock }: OffersNeeds,
  db: Db,
  asks: readonly OfferAsk[],
): Promise<ActivityOffer[][]> {
  const skuIds = new Set(asks.flatMap(ask => ask.skus.map(sku => sku.skuId)))
  const items = skuIds.size > 0 ? await store.runningItems(db, [...skuIds]) : []
  if (items.length === 0) return asks.map(() => [])
  // What a sale has sold out costs what it costs on the shelf again.
  const pools = await stock.poolLevels(db, [...new Set(items.map(item => item.saleId))])
  const there = new Set(
    pools.filter(level => level.available > 0).map(level => `${level.poolId} ${level.skuId}`),
  )
  const left = items.filter(item => there.has(`${item.saleId} ${item.skuId}`))
  const bySku = Map.groupBy(left, item => item.skuId)
  return asks.map(ask =>
    [...new Set(ask.skus.map(sku => sku.skuId))]
      .flatMap(skuId => bySku.get(skuId) ?? [])
      .filter(item => item.channel === 'everywhere' || isInRoomOf(live, item, ask))
      .map(offerOf),
  )
}

/** The price of a room is for who orders from it with a token of theirs that is not over (S49). */
function isInRoomOf(
  live: OffersNeeds['live'],
  { shopId, liveId }: store.OfferRow,
  { source, roomToken, buyerId }: OfferAsk,
): boolean {
  if (source.kind !== 'live' || source.id === null || roomToken === null || buyerId === null)
    return false
  if (liveId !== null && liveId !== source.id) return false
  return live.isInRoom(roomToken, { liveId: source.id, shopId, userId: buyerId })
}

const offerOf = (item: store.OfferRow): ActivityOffer => ({
  stage: 'activity',
  kind: item.channel === 'live' ? 'live_price' : 'flash_sale',
  offerId: item.id,
  title: item.title,
  skuId: item.skuId,
  unitPriceFen: item.priceFen,
  poolId: item.saleId,
  limitPerBuyer: item.perPersonMax,
})

/** The window once more, where nothing can change any more: the quota itself is held by stock. */
async function consume(tx: Tx, uses: readonly OfferUse[]): Promise<RefusedOrder[]> {
  const asked = uses.filter(use => use.kind === 'flash_sale' || use.kind === 'live_price')
  if (asked.length === 0) return []
  const running = await store.holdRunning(tx, [...new Set(asked.map(use => use.offerId))])
  const overIds = new Set<Id>()
  for (const use of asked) if (!running.has(use.offerId)) overIds.add(use.checkoutId)
  const granted = asked.filter(use => !overIds.has(use.checkoutId))
  if (granted.length > 0) await store.insertUses(tx, granted)
  const refusedIds = new Set(
    asked.filter(use => overIds.has(use.checkoutId)).map(use => use.orderId),
  )
  return [...refusedIds].map(orderId => ({ orderId, code: 'price.offer_over' }))
}
