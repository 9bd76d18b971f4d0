import type { UserActor } from '@kaibo/contract/core/permissions'
import type { Product } from '@kaibo/contract/goods/catalog'
import type { Order, PlaceOrder } from '@kaibo/contract/trade/order'
import type { PersonalData } from '@kaibo/db/crypto'
import type { Database } from '@kaibo/db/database'
import { type Clock, systemClock } from '@kaibo/kernel/clock'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { fen, multiplyFen, sumFen } from '@kaibo/kernel/money'
import { type Brands, createBrands } from '@kaibo/modules/brand'
import { type BulkEdits, createBulkEdits } from '@kaibo/modules/bulkedit'
import { type Catalog, createCatalog } from '@kaibo/modules/catalog'
import { type Categories, createCategories } from '@kaibo/modules/category'
import { createClassification } from '@kaibo/modules/classification'
import { createFreight } from '@kaibo/modules/freight'
import { createOrder, type Orders } from '@kaibo/modules/order'
import { createPlacement, type Placement } from '@kaibo/modules/placement'
import { createPrice, type OfferSource } from '@kaibo/modules/price'
import { createPriceHistory } from '@kaibo/modules/pricehistory'
import { createQualifications, type Qualifications } from '@kaibo/modules/qualification'
import { createReviews, type Reviews } from '@kaibo/modules/review'
import { createRichText } from '@kaibo/modules/richtext'
import { createSchedules, type Schedules } from '@kaibo/modules/schedule'
import { createShip, type Ship } from '@kaibo/modules/ship'
import { createSnapshots, type Snapshots } from '@kaibo/modules/snapshot'
import { createStock, type Stock } from '@kaibo/modules/stock'
import { createTags, type Tags } from '@kaibo/modules/tag'
import { createTakeRate } from '@kaibo/modules/takerate'
import { createVirtual, type Virtual } from '@kaibo/modules/virtual'
import { createPeople, ctxOf, type People, type Team } from './people.ts'

/** A black pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export type Commerce = Assortment & {
  stock: Stock
  order: Orders
  placement: Placement
  ship: Ship
}
export type Assortment = {
  catalog: Catalog
  bulkedit: BulkEdits
  brand: Brands
  category: Categories
  tag: Tags
  qualification: Qualifications
  review: Reviews
  snapshot: Snapshots
  schedule: Schedules
}
type CommerceOptions = {
  payWindowSec?: number
  clock?: Clock
  isReviewRequired?: boolean
  offers?: readonly OfferSource[]
  /** How many checkouts may wait. */
  queueMax?: number
  /** The keys of another process, which can then read what this one sealed. */
  personal?: PersonalData
}
export type Buyer = { actor: UserActor; addressId: Id }
export type SoldSku = Product['skus'][number] & { shopId: Id }
type Goods = { sku: SoldSku; quantity: number }[]

/** The real selling modules on a pool: called again with another pool, they are another process. */
export function createCommerce(
  database: Database,
  { account, shop, files, personal }: People,
  options: CommerceOptions = {},
): Commerce {
  const { payWindowSec = 900, clock = systemClock, isReviewRequired = false } = options
  const { offers = [], queueMax } = options
  const stock = createStock({ database })
  const assortment = createAssortment(database, { shop, files, stock, isReviewRequired })
  const { catalog, snapshot } = assortment
  const freight = createFreight({ database, catalog })
  const price = createPrice({ sources: offers })
  const order = createOrder({
    database,
    clock,
    personal,
    account,
    shop,
    snapshot,
    stock,
    price,
    limits: { giveBack: (tx, orderIds) => placement.giveBack(tx, orderIds) },
    parcelsOf: (db, orderIds) => ship.parcelsOf(db, orderIds),
    shippingTo: freight.shippingTo,
    receiptDays: 10,
  })
  const placement: Placement = createPlacement({
    database,
    clock,
    order,
    account,
    shop,
    catalog,
    stock,
    price,
    freight,
    takerate: createTakeRate({ database, shop }),
    virtual: { deliverableIds: (db, skuIds) => virtual.deliverableIds(db, skuIds) },
    // Rooms are another module's: here every one exists.
    sourcesOf: async (_db, sources) => sources.map(() => ({ shopId: null })),
    ...(queueMax === undefined ? {} : { queueMax }),
    payWindowSec,
  })
  const ship = createShip({ database, clock, order })
  const virtual: Virtual = createVirtual({ database, clock, personal, catalog, stock, order })
  return { ...assortment, stock, order, placement, ship }
}

type AssortmentNeeds = Pick<People, 'shop' | 'files'> & { stock: Stock; isReviewRequired: boolean }

/** The real modules of what shops sell. */
function createAssortment(
  database: Database,
  { shop, files, stock, isReviewRequired }: AssortmentNeeds,
): Assortment {
  const brand = createBrands({ database })
  const tag = createTags({ database })
  const category = createCategories({
    database,
    isUsed: (db, id) => catalog.isCategoryUsed(db, id),
    moved: (tx, node) => catalog.moveCategory(tx, node),
    documentTypesByIds: (db, ids) => qualification.documentTypesByIds(db, ids),
  })
  const qualification = createQualifications({
    database,
    files,
    shop,
    isReviewRequired,
    lapsed: (tx, shopIds) => catalog.takeOffUnqualified(tx, shopIds),
  })
  const review = createReviews({
    database,
    shop,
    pagesOf: (db, productId) => catalog.pagesOf(db, productId),
    settle: (tx, verdict) => catalog.settle(tx, verdict),
  })
  const snapshot = createSnapshots({ files })
  const schedule = createSchedules({
    database,
    move: (tx, due) => catalog.moveByClock(tx, due),
  })
  const catalog: Catalog = createCatalog({
    database,
    files,
    stock,
    classification: createClassification({ brand, category, tag, qualification }),
    review,
    snapshot,
    pricehistory: createPriceHistory(),
    schedule,
    richtext: createRichText(),
    isReviewRequired,
    hasFreightTemplate: async () => false,
  })
  const bulkedit = createBulkEdits({ database, catalog })
  return { catalog, bulkedit, brand, category, tag, qualification, review, snapshot, schedule }
}

export type Market = People &
  Commerce & {
    /** A buyer with one address. */
    newBuyer(): Promise<Buyer>
    /** A product on the shelf: one SKU per entry of `skus`. */
    newProduct(
      team: Team,
      product?: { title?: string; skus?: readonly { priceFen?: number; stock?: number }[] },
    ): Promise<Omit<Product, 'skus'> & { skus: SoldSku[] }>
  }

/** People and everything they need to sell and buy. */
export function createMarket(database: Database, options: CommerceOptions = {}): Market {
  const people = createPeople(database, options)
  const commerce = createCommerce(database, people, options)
  return {
    ...people,
    ...commerce,
    newBuyer: async () => {
      const actor = await people.newUser('买家')
      const addressId = newId()
      await people.account.handlers.addAddress(ctxOf(actor), {
        id: addressId,
        name: '王小明',
        phone: '13800138000',
        regionCode: '330106',
        detail: '文三路 1 号',
        isDefault: true,
      })
      return { actor, addressId }
    },
    newProduct: async ({ shopId, owner }, { title = '龙井春茶', skus = [{}] } = {}) => {
      const file = await people.files.store(owner.userId, { bytes: picture })
      const draft = await commerce.catalog.createProduct(owner, {
        shopId,
        id: newId(),
        title,
        subtitle: '',
        description: '',
        pictureFileIds: [file.id],
        skus: skus.map(({ priceFen = 6_800, stock = 10 }, index) => ({
          id: newId(),
          spec: { 规格: `${index + 1} 号` },
          priceFen: fen(priceFen),
          initialStock: stock,
        })),
      })
      const shelf = { shopId, id: draft.id, state: 'on_shelf' as const }
      const product = await commerce.catalog.setShelf(owner, shelf)
      return { ...product, skus: product.skus.map(sku => ({ ...sku, shopId })) }
    },
  }
}

/** What a buyer's client sends to order these goods at the price it was shown. */
export function orderRequest(
  { addressId }: Buyer,
  goods: Goods,
  { id = newId(), note = '', ...changes }: Partial<PlaceOrder> & { id?: Id; note?: string } = {},
): PlaceOrder {
  const shopIds = new Set(goods.map(({ sku }) => sku.shopId))
  return {
    orders: [...shopIds].map((shopId, index) => ({ id: index === 0 ? id : newId(), shopId, note })),
    lines: goods.map(({ sku, quantity }) => ({ skuId: sku.id, quantity })),
    addressId,
    source: { kind: 'shop', id: null },
    couponIds: [],
    pointsUsed: 0,
    agreesNoReturn: false,
    expectedPayableFen: sumFen(
      goods.map(({ sku, quantity }) => multiplyFen(sku.priceFen, quantity)),
    ),
    ...changes,
  }
}

/** Places a request for the goods of one shop; the one order that comes of it. */
export async function placeOne(
  { placement }: Pick<Commerce, 'placement'>,
  { actor }: Pick<Buyer, 'actor'>,
  request: PlaceOrder,
): Promise<Order> {
  const { orders } = await placement.handlers.place(ctxOf(actor), request)
  return must(orders[0], 'an order')
}
