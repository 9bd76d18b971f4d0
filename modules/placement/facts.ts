import type { OrderSource, PlaceOrder } from '@kaibo/contract/trade/order'
import type { Database, Db } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { BasisPoints } from '@kaibo/kernel/money'
import type { Account, PlainReceiver } from '@kaibo/modules/account'
import type { Catalog, SkuFacts } from '@kaibo/modules/catalog'
import type { Freight } from '@kaibo/modules/freight'
import type { SourceFacts } from '@kaibo/modules/live'
import type { Offer, Price, ShippingOf } from '@kaibo/modules/price'
import type { Shops } from '@kaibo/modules/shop'
import type { Stock } from '@kaibo/modules/stock'
import type { TakeRates } from '@kaibo/modules/takerate'
import type { Virtual } from '@kaibo/modules/virtual'
import * as store from './store.ts'

export type FactNeeds = {
  database: Database
  clock: Clock
  account: Pick<Account, 'receiversOf'>
  catalog: Pick<Catalog, 'skusByIds'>
  freight: Pick<Freight, 'shippingFor'>
  price: Pick<Price, 'offersFor' | 'giftSkuIds'>
  shop: Pick<Shops, 'shopsByIds'>
  stock: Pick<Stock, 'levelsBySku'>
  takerate: Pick<TakeRates, 'ratesFor'>
  virtual: Pick<Virtual, 'deliverableIds'>
  /** What is known of each source; null for one that does not exist. */
  sourcesOf(db: Db, sources: readonly OrderSource[]): Promise<(SourceFacts | null)[]>
}

/** What somebody wants to buy, and how. */
export type Basket = Pick<
  PlaceOrder,
  'lines' | 'addressId' | 'source' | 'roomToken' | 'pointsUsed'
> & { couponIds: readonly Id[] | null }

/** Somebody who wants to know, or to place. `orderIds` are those of a placement. */
export type Ask = { buyerId: Id; basket: Basket; orderIds: readonly Id[] }

/** All that a decision about one basket depends on, at one moment. */
export type Facts = {
  /** Null for one that does not exist: a live room that nobody ever opened. */
  source: SourceFacts | null
  /** Orders that are there already under the ids of the ask, by id. */
  known: ReadonlyMap<Id, store.KnownOrder>
  /** Of the goods, and of gifts that offers may give. */
  skus: ReadonlyMap<Id, SkuFacts>
  receiver: PlainReceiver | null
  offers: readonly Offer[]
  gifts: readonly { sku: SkuFacts; available: number }[]
  /** The virtual goods that somebody has said how to deliver. */
  deliverableIds: ReadonlySet<Id>
  /** Null while nobody has said where to. */
  shippingOf: ShippingOf | null
  rates: ReadonlyMap<Id, BasisPoints>
  shopNames: ReadonlyMap<Id, string>
}

/** Loads what all of these asks depend on, with so many queries however many they are. */
export async function loadFacts(needs: FactNeeds, asks: readonly Ask[]): Promise<Facts[]> {
  const { prepared: db } = needs.database
  const [known, skus, receivers, sources] = await Promise.all([
    knownBy(needs.database, asks),
    skusOf(
      needs,
      db,
      asks.flatMap(ask => ask.basket.lines).map(line => line.skuId),
    ),
    receiversOf(needs, asks),
    needs.sourcesOf(
      db,
      asks.map(ask => ask.basket.source),
    ),
  ])
  const goods = asks.map(ask => goodsOf(ask, skus))
  const shopIds = new Set([...skus.values()].map(sku => sku.shopId))
  const [offers, shippings, shops, rates, deliverableIds] = await Promise.all([
    needs.price.offersFor(
      db,
      asks.map((ask, at) => offerAsk(needs, ask, goods[at] ?? [])),
    ),
    needs.freight.shippingFor(
      db,
      asks.map((_, at) => ({
        regionCode: receivers[at]?.regionCode ?? null,
        skus: goods[at] ?? [],
      })),
    ),
    needs.shop.shopsByIds(db, [...shopIds]),
    ratesOf(needs, db, [...skus.values()]),
    deliverableOf(needs, db, [...skus.values()]),
  ])
  const gifts = await giftsOf(needs, db, offers)
  const shopNames = new Map([...shops].map(([id, { name }]) => [id, name]))
  const shared = {
    known,
    skus: new Map([...skus, ...gifts.skus]),
    gifts: gifts.facts,
    rates: new Map([...rates, ...gifts.rates]),
    deliverableIds,
    shopNames,
  }
  return asks.map((_, at) => ({
    ...shared,
    source: sources[at] ?? null,
    receiver: receivers[at] ?? null,
    offers: offers[at] ?? [],
    shippingOf: shippings[at] ?? null,
  }))
}

async function knownBy(
  database: Database,
  asks: readonly Ask[],
): Promise<Map<Id, store.KnownOrder>> {
  const ids = asks.flatMap(ask => ask.orderIds)
  if (ids.length === 0) return new Map()
  const rows = await store.knownOrders(database, ids)
  return new Map(rows.map(row => [row.id, row]))
}

async function skusOf(
  { catalog }: FactNeeds,
  db: Db,
  ids: readonly Id[],
): Promise<Map<Id, SkuFacts>> {
  if (ids.length === 0) return new Map()
  const skus = await catalog.skusByIds(db, [...new Set(ids)])
  return new Map(skus.map(sku => [sku.skuId, sku]))
}

/** One entry per ask; null where no address is named, or not one of theirs. */
async function receiversOf(
  { account, database }: FactNeeds,
  asks: readonly Ask[],
): Promise<(PlainReceiver | null)[]> {
  const places = asks.flatMap(({ buyerId: userId, basket: { addressId } }) =>
    addressId === null ? [] : [{ userId, addressId }],
  )
  const found = places.length > 0 ? await account.receiversOf(database.prepared, places) : []
  let next = 0
  return asks.map(ask => (ask.basket.addressId === null ? null : (found[next++] ?? null)))
}

const goodsOf = ({ basket }: Ask, skus: ReadonlyMap<Id, SkuFacts>): SkuFacts[] =>
  basket.lines.flatMap(line => skus.get(line.skuId) ?? [])

const offerAsk = ({ clock }: FactNeeds, ask: Ask, skus: readonly SkuFacts[]) => ({
  buyerId: ask.buyerId,
  at: clock.now(),
  source: ask.basket.source,
  roomToken: ask.basket.roomToken ?? null,
  skus,
  bundleIds: ask.basket.lines.flatMap(line => line.bundleId ?? []),
  // A preview shows all there are, also those that it does not use.
  couponIds: ask.orderIds.length > 0 ? ask.basket.couponIds : null,
  wantsPoints: ask.basket.pointsUsed > 0 || ask.orderIds.length === 0,
})

async function ratesOf(
  { takerate }: FactNeeds,
  db: Db,
  skus: readonly SkuFacts[],
): Promise<Map<Id, BasisPoints>> {
  const rates = await takerate.ratesFor(db, skus)
  return new Map(rates.map((rate, at) => [skus[at]?.skuId ?? '', rate]))
}

async function deliverableOf(
  { virtual }: FactNeeds,
  db: Db,
  skus: readonly SkuFacts[],
): Promise<ReadonlySet<Id>> {
  const skuIds = skus.filter(sku => sku.isVirtual).map(sku => sku.skuId)
  return skuIds.length > 0 ? virtual.deliverableIds(db, skuIds) : new Set()
}

/** What offers may give, and how much of it there is. */
async function giftsOf(needs: FactNeeds, db: Db, offers: readonly Offer[][]) {
  const ids = needs.price.giftSkuIds(offers.flat())
  if (ids.length === 0) return { skus: new Map(), facts: [], rates: new Map() }
  const skus = await skusOf(needs, db, ids)
  const [levels, rates, deliverableIds] = await Promise.all([
    needs.stock.levelsBySku(db, ids),
    ratesOf(needs, db, [...skus.values()]),
    deliverableOf(needs, db, [...skus.values()]),
  ])
  const facts = [...skus.values()]
    .filter(sku => sku.state === 'on_shelf')
    .filter(sku => !sku.isVirtual || deliverableIds.has(sku.skuId))
    .map(sku => ({ sku, available: levels.get(sku.skuId)?.available ?? 0 }))
  return { skus, facts, rates }
}
