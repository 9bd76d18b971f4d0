import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import {
  type FlashSale,
  type FlashSalePlan,
  flashSaleItemsMax,
} from '@kaibo/contract/offer/flashsale'
import type { Db, Tx } from '@kaibo/db/database'
import { minuteMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { SkuFacts } from '@kaibo/modules/catalog'
import { type FlashSaleNeeds, viewOf, writeItems } from './flashsale.ts'
import { begin, stop } from './life.ts'
import { decidePlan } from './rules.ts'
import * as store from './store.ts'

/** What a host says from the desk. */
export type RoomPrice = {
  shopId: Id
  /** The room. */
  id: Id
  saleId: Id
  title: string
  productId: Id
  /** Null = every variant on the shelf. */
  skuId: Id | null
  priceFen: Fen
  quota: number
  perPersonMax: number | null
  minutes: number
}

/**
 * Gives a product of the bag a price in this room alone, from now on; the same call again answers
 * with the sale. Throws `live.not_found`, `live.ended`, `showcase.not_in_bag`,
 * `flashsale.plan_invalid`, `flashsale.overlap`, `flashsale.stock_short`, or `flashsale.not_found`
 * for an id that is another shop's.
 */
export async function priceInRoom(
  needs: FlashSaleNeeds,
  actor: Actor,
  price: RoomPrice,
): Promise<FlashSale> {
  const { shopId, saleId } = price
  requireShop(actor, 'live.host', shopId)
  await needs.database.tx(async tx => {
    await store.lockPlans(tx, shopId)
    if (await store.saleById(tx, saleId)) return
    await requireOpenRoom(needs, tx, price)
    const skus = await skusInBag(needs, tx, price)
    const plan = { id: saleId, shopId, ...(await planOf(needs, tx, { price, skus })) }
    decidePlan(plan, { shopId, skus, now: needs.clock.now() })
    await store.insertSale(tx, plan)
    await writeItems(tx, plan, new Map(skus.map(sku => [sku.skuId, sku.productId])))
    await store.beginNow(tx, saleId)
    await begin(needs, tx, saleId)
  })
  return viewOf(needs, { shopId, id: saleId })
}

/** Ends it early. Throws `live.not_found`, or `flashsale.not_found` for any but a price of this room. */
export async function endPriceInRoom(
  needs: FlashSaleNeeds,
  actor: Actor,
  { shopId, id: liveId, saleId }: { shopId: Id; id: Id; saleId: Id },
): Promise<FlashSale> {
  requireShop(actor, 'live.host', shopId)
  const { database, live } = needs
  if ((await live.facts(database.db, liveId))?.shopId !== shopId) throw fail('live.not_found')
  const sale = await store.saleById(database.db, saleId)
  if (sale?.shopId !== shopId || sale.liveId !== liveId) throw fail('flashsale.not_found')
  await database.tx(tx => stop(needs, tx, saleId))
  return viewOf(needs, { shopId, id: saleId })
}

/** Behind the lock that the end of the room takes as well: no price begins after it. */
async function requireOpenRoom({ live }: FlashSaleNeeds, db: Db, at: RoomPrice): Promise<void> {
  const room = await live.facts(db, at.id)
  if (room?.shopId !== at.shopId) throw fail('live.not_found')
  if (room.state === 'ended') throw fail('live.ended')
}

/** The variants that are priced. */
async function skusInBag(
  { catalog, bagOf }: FlashSaleNeeds,
  db: Db,
  { id: liveId, productId, skuId }: RoomPrice,
): Promise<SkuFacts[]> {
  const isInBag = (await bagOf(db, liveId)).includes(productId)
  const skus = isInBag ? await catalog.skusOfProducts(db, [productId]) : []
  const shown = skus.filter(sku => sku.state === 'on_shelf' && (skuId ?? sku.skuId) === sku.skuId)
  if (shown.length === 0) throw fail('showcase.not_in_bag')
  return shown.slice(0, flashSaleItemsMax)
}

/** The quota of each is what was asked or what the shelf has; what it has not is left out. */
async function planOf(
  { clock, stock }: FlashSaleNeeds,
  tx: Tx,
  { price, skus }: { price: RoomPrice; skus: readonly SkuFacts[] },
): Promise<FlashSalePlan> {
  const levels = await stock.levelsBySku(
    tx,
    skus.map(sku => sku.skuId),
  )
  const items = skus.flatMap(({ skuId }) => {
    const quota = Math.min(price.quota, levels.get(skuId)?.available ?? 0)
    if (quota < 1) return []
    const perPersonMax = price.perPersonMax && Math.min(price.perPersonMax, quota)
    return [{ skuId, priceFen: price.priceFen, quota, perPersonMax }]
  })
  if (items.length === 0) throw fail('flashsale.stock_short')
  const nowMs = clock.now().getTime()
  return {
    title: price.title,
    startsAt: new Date(nowMs).toISOString(),
    endsAt: new Date(nowMs + price.minutes * minuteMs).toISOString(),
    channel: 'live',
    liveId: price.id,
    items,
  }
}
