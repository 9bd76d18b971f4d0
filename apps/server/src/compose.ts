import { join } from 'node:path'
import { fail } from '@kaibo/contract/core/fail'
import { topics } from '@kaibo/contract/topics'
import { createPersonalData } from '@kaibo/db/crypto'
import type { Database } from '@kaibo/db/database'
import { createJobs } from '@kaibo/db/jobs'
import { createOutbox } from '@kaibo/db/outbox'
import type { Clock } from '@kaibo/kernel/clock'
import { type Account, createAccount } from '@kaibo/modules/account'
import { createAudit } from '@kaibo/modules/audit'
import { createBrands } from '@kaibo/modules/brand'
import { createCart } from '@kaibo/modules/cart'
import { type Catalog, createCatalog } from '@kaibo/modules/catalog'
import { createCategories } from '@kaibo/modules/category'
import { createChat } from '@kaibo/modules/chat'
import { createCoupon } from '@kaibo/modules/coupon'
import { createFavourite } from '@kaibo/modules/favourite'
import { createFiles } from '@kaibo/modules/files'
import { createFlashSale } from '@kaibo/modules/flashsale'
import { createFreight } from '@kaibo/modules/freight'
import { createHistory } from '@kaibo/modules/history'
import { createLedger, type Ledger } from '@kaibo/modules/ledger'
import { createLive, type Live } from '@kaibo/modules/live'
import { createOrder } from '@kaibo/modules/order'
import { createOrderDesk } from '@kaibo/modules/orderdesk'
import { createPay } from '@kaibo/modules/pay'
import { createPoints } from '@kaibo/modules/points'
import { createPrice } from '@kaibo/modules/price'
import { createProductSheet } from '@kaibo/modules/productsheet'
import { createPromotion } from '@kaibo/modules/promotion'
import { createQualifications } from '@kaibo/modules/qualification'
import { createReviews } from '@kaibo/modules/review'
import { createListings, createSearch } from '@kaibo/modules/search'
import { createShip, type Ship } from '@kaibo/modules/ship'
import { createShop } from '@kaibo/modules/shop'
import { createShowcase } from '@kaibo/modules/showcase'
import { createStock } from '@kaibo/modules/stock'
import { createStockTake } from '@kaibo/modules/stocktake'
import { createTags } from '@kaibo/modules/tag'
import { createTakeRate } from '@kaibo/modules/takerate'
import { createVirtual } from '@kaibo/modules/virtual'
import { createLiveEmbedded } from '@kaibo/providers/live-embedded'
import { createPaymentSandbox } from '@kaibo/providers/payment-sandbox'
import { createSmsOutbox } from '@kaibo/providers/sms-outbox'
import { createStorageDisk } from '@kaibo/providers/storage-disk'
import { createGateway } from '@kaibo/realtime/gateway'
import { createTickets } from '@kaibo/realtime/ticket'
import { createRateLimiter } from '@kaibo/realtime/token-bucket'
import type { Logger } from 'pino'
import { checkAll } from './checks.ts'
import { apiUrl, type Config, demoAllowed, mediaControlUrl } from './config.ts'
import { keptByIds } from './kept.ts'
import { bridgeSubscribers } from './realtime/bridge.ts'
import { createFanout } from './realtime/fanout.ts'
import { createRooms } from './realtime/rooms.ts'
import { mayCount, mayHear, ticketHandlers } from './realtime/tickets.ts'
import { deriveKey as deriveKeyFrom, mediaSecretOf, type Secrets } from './secrets.ts'

export type ComposeNeeds = {
  config: Config
  database: Database
  databaseUrl: string
  secrets: Secrets
  clock: Clock
  log: Logger
  /** Whether this process opens its port: commands reach embedded providers without it. */
  isServing: boolean
}

/** Comments a person may write: one in 1.5 s, three at once. */
const commentRate = { ratePerSec: 1 / 1.5, burst: 3, keysMax: 50_000 }

/** Names and pictures on room cards may be this old; every viewer of a room asks for them. */
const keptOnCards = { keepMs: 2_000, entriesMax: 5_000 }

export type Kaibo = ReturnType<typeof compose>

/** THE wiring: database → providers → modules → transports. No logic; values are handed over here. */
export function compose(needs: ComposeNeeds) {
  const { config, database, databaseUrl, secrets, clock, log, isServing } = needs
  const deriveKey = (purpose: string) => deriveKeyFrom(secrets, purpose)
  const allowed = demoAllowed(config)
  const mediaSecret = mediaSecretOf(secrets)

  // Providers
  const storage = createStorageDisk({ directory: join(config.KAIBO_DATA_DIR, 'files') })
  const outboxSms = allowed
    ? createSmsOutbox({ dataDir: config.KAIBO_DATA_DIR, allowed, clock })
    : null
  const sandbox = allowed
    ? createPaymentSandbox({
        database,
        clock,
        deriveKey,
        baseUrl: apiUrl(config),
        isServing,
        allowed,
      })
    : null
  const liveProvider = createLiveEmbedded({
    clock,
    secret: mediaSecret,
    controlUrl: mediaControlUrl(config),
    rtmpPort: config.RTMP_PORT,
    mediaPort: config.KAIBO_MEDIA_PORT,
    mediaUrl: config.KAIBO_MEDIA_URL,
  })

  // Kernel services
  const jobs = createJobs({ url: databaseUrl, log })
  const personal = createPersonalData({
    current: 'k1',
    keys: { k1: deriveKey('personal-data') },
    indexKey: deriveKey('blind-index'),
  })
  const tickets = createTickets({ secret: deriveKey('ticket'), clock })
  const comments = createRateLimiter({ ...commentRate, clock })
  const fanout = createFanout({ config, database, clock, log })
  const hub = createRooms({ bus: fanout, clock, log, live: () => live })

  // Modules, low ones first
  const files = createFiles({ database, storage })
  const audit = createAudit({ database, clock })
  const shop = createShop({ database, files, membershipChanged: id => account.forgetPerson(id) })
  const account: Account = createAccount({
    database,
    clock,
    personal,
    sms: outboxSms ?? noSms,
    files,
    shop,
    // A demo signs in many people from one address.
    ...(allowed ? { codeLimits: { perAddressHourMax: 1_000 } } : {}),
  })
  const takerate = createTakeRate({ database, shop })
  const stock = createStock({
    database,
    ordersOf: (db, ids) => order.standingsByIds(db, ids),
    names: {
      skusByIds: (db, ids) => catalog.skusByIds(db, ids),
      skuIdsLike: (db, q) => catalog.skuIdsLike(db, q),
      peopleByIds: account.peopleByIds,
    },
  })
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
    isReviewRequired: config.KAIBO_REVIEW_PRODUCTS,
    lapsed: (tx, shopIds) => catalog.takeOffUnqualified(tx, shopIds),
  })
  const review = createReviews({
    database,
    shop,
    pagesOf: (db, productId) => catalog.pagesOf(db, productId),
    settle: (tx, verdict) => catalog.settle(tx, verdict),
  })
  const catalog: Catalog = createCatalog({
    database,
    files,
    stock,
    brand,
    category,
    tag,
    qualification,
    review,
    isReviewRequired: config.KAIBO_REVIEW_PRODUCTS,
    hasFreightTemplate: (db, q) => freight.hasTemplate(db, q),
  })
  const productsheet = createProductSheet({ database, catalog, files })
  const stocktake = createStockTake({ database, catalog, stock })
  const cart = createCart({ database, catalog, stock, shop })
  const favourite = createFavourite({ database, catalog })
  const history = createHistory({ database, catalog })
  const freight = createFreight({ database, catalog })
  const promotion = createPromotion({ database, catalog, stock })
  const coupon = createCoupon({ database, clock, shop })
  const points = createPoints({ database })
  const flashsale = createFlashSale({
    database,
    clock,
    catalog,
    stock,
    live: {
      facts: (db, id) => live.facts(db, id),
      isInRoom: (token, holder) => live.isInRoom(token, holder),
    },
  })
  const price = createPrice({
    sources: [flashsale.offers, promotion.offers, coupon.offers, points.offers],
  })
  const order = createOrder({
    database,
    clock,
    personal,
    account,
    shop,
    catalog,
    stock,
    parcelsOf: (db, orderIds) => ship.parcelsOf(db, orderIds),
    price,
    freight,
    takerate,
    shippingTo: freight.shippingTo,
    sourcesKnown: (db, sources) => live.sourcesKnown(db, sources),
    payWindowSec: config.KAIBO_PAY_WINDOW_SEC,
    receiptDays: config.KAIBO_RECEIPT_DAYS,
  })
  const search = createSearch({
    database,
    catalog,
    listings: createListings({ catalog, brand, category, tag }),
    order,
  })
  const orderdesk = createOrderDesk({ database, order, account })
  const ship: Ship = createShip({ database, clock, order })
  const virtual = createVirtual({ database, clock, personal, catalog, stock, order })
  const ledger: Ledger = createLedger({ database, checkAll: () => check() })
  const pay = createPay({
    database,
    log,
    order,
    ledger,
    gateways: sandbox ? [sandbox.gateway] : [],
    callbackUrl: apiUrl(config),
  })
  const live: Live = createLive({
    database,
    clock,
    files,
    account: { peopleByIds: keptByIds(account.peopleByIds, { clock, ...keptOnCards }) },
    shop: { shopsByIds: keptByIds(shop.shopsByIds, { clock, ...keptOnCards }) },
    provider: liveProvider,
    recapSources: () => [
      async (db, { id }) => ({ commentCount: await chat.countOf(db, id) }),
      (db, { id, shopId }) => order.totalsBySource(db, { shopId, source: { kind: 'live', id } }),
      async (db, { id }) => ({ explains: await showcase.explainsOf(db, id) }),
    ],
    roomSecret: deriveKey('room-token'),
    awayGraceSec: config.KAIBO_AWAY_GRACE_SEC,
  })
  const chat = createChat({
    database,
    live,
    account,
    mayWrite: userId => comments.take(userId) > 0,
    say: ({ liveId, authorId, comment }) =>
      hub.publishSocial(topics.live(liveId), { t: 'chat.comment', comment }, { echoTo: authorId }),
  })
  const showcase = createShowcase({ database, clock, live, catalog })
  const check = () =>
    checkAll(database.db, {
      ...{ stock, order, ledger, pay, audit, coupon, points, flashsale },
      virtual,
    })

  // Transports
  const gateway = createGateway({
    hub,
    clock,
    log,
    redeem: tickets.redeemTicket,
    // The adapter compares it with the host, which the gateway does not know.
    allowOrigin: () => true,
    authorizeTopic: mayHear,
    mayCount,
  })
  const outbox = createOutbox({
    database,
    log,
    subscribers: [
      ...bridgeSubscribers({ hub, account, clock }),
      ...stock.subscribers,
      ...search.subscribers,
      ...virtual.subscribers,
      ...ledger.subscribers,
      ...pay.subscribers,
      ...showcase.subscribers,
      ...coupon.subscribers,
      ...points.subscribers,
      ...flashsale.subscribers,
    ],
  })
  const handlers = {
    account: account.handlers,
    shop: shop.handlers,
    files: files.handlers,
    catalog: catalog.handlers,
    brand: brand.handlers,
    category: category.handlers,
    tag: tag.handlers,
    documentType: qualification.typeHandlers,
    qualification: qualification.handlers,
    review: review.handlers,
    stock: stock.handlers,
    coupon: coupon.handlers,
    points: points.handlers,
    flashsale: flashsale.handlers,
    cart: cart.handlers,
    favourite: favourite.handlers,
    history: history.handlers,
    freight: freight.handlers,
    promotion: promotion.handlers,
    search: search.handlers,
    order: order.handlers,
    orderdesk: orderdesk.handlers,
    pay: pay.handlers,
    ship: ship.handlers,
    ledger: ledger.handlers,
    live: live.handlers,
    chat: chat.handlers,
    showcase: showcase.handlers,
    takerate: takerate.handlers,
    virtual: virtual.handlers,
    stocktake: stocktake.handlers,
    productsheet: productsheet.handlers,
    audit: audit.handlers,
    realtime: ticketHandlers(tickets),
  }
  return {
    account,
    points,
    qualification,
    tag,
    flashsale,
    coupon,
    audit,
    brand,
    catalog,
    category,
    check,
    database,
    deriveKey,
    fanout,
    files,
    gateway,
    handlers,
    hub,
    jobs,
    live,
    mediaSecret,
    order,
    outbox,
    outboxSms,
    pay,
    sandbox,
    shop,
    showcase,
    stock,
    productsheet,
    search,
    virtual,
  }
}

/** Production mode without an SMS service: nobody can be sent a code. */
const noSms = {
  send: () => Promise.reject(fail('server.busy')),
}
