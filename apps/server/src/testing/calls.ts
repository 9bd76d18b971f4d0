import type { Api } from '@kaibo/contract/api'
import { newId } from '@kaibo/kernel/ids'
import { chatCalls, moderationCalls } from './chat-calls.ts'
import { clipCalls } from './media/clip-calls.ts'
import { recordingCalls } from './media/recording-calls.ts'
import { patrolCalls, verdictCalls } from './patrol-calls.ts'
import { couponCalls, flashsaleCalls, pointsCalls } from './promotion-calls.ts'
import { clip, pixel } from './request.ts'
import { insightCalls, liveCalls, pollCalls, showcaseCalls, storyCalls } from './selling-calls.ts'
import { platformWordListCalls, wordListCalls } from './word-calls.ts'
import { address, basket, parcel, priceFen, product, type Role, type World } from './world.ts'

type Fields = Record<string, unknown>
type Made = Fields | Promise<Fields>
type Calls = {
  readonly [N in keyof Api]: { readonly [V in keyof Api[N]]: (world: World, role: Role) => Made }
}

const page = { limit: 5 }
const goodsSheet = Buffer.from('Merchant code,Title,Price (yuan)\nT-1,茶,9.90')
async function productImport({ shopId, must }: World): Promise<string> {
  const id = newId()
  await must('owner', 'productsheet.check', {
    shopId,
    importId: id,
    bytes: goodsSheet,
  })
  return id
}
async function stockTake({ shopId, must }: World): Promise<string> {
  const id = newId()
  await must('owner', 'stocktake.open', { shopId, id, title: '月末盘点' })
  return id
}
const countOf = async (world: World) => ({
  shopId: world.shopId,
  id: await stockTake(world),
  skuId: world.skuId,
})
const delivery = { kind: 'code', refundRule: '', cancelHours: 24 }
const codeSheet = Buffer.from('Code\nABCD-1234')
const slot = {
  startsAt: '2030-01-01T10:00:00.000Z',
  endsAt: '2030-01-01T11:00:00.000Z',
  place: '',
  capacity: 5,
}
let nameCount = 0
const name = () => `名称 ${++nameCount}`
const brand = () => ({ name: name(), nameEn: 'Brand', logoFileId: null })
const tag = () => ({ name: name(), tone: 'accent' })
const documentType = () => ({ name: name(), nameEn: 'Licence', hint: '' })
const category = () => ({ name: name(), nameEn: 'Tea', documentTypeIds: [], rateHandle: '' })
const document = (typeId: string, fileId: string) => ({
  id: newId(),
  typeId,
  number: 'JY13301060012345',
  fileIds: [fileId],
  expiresOn: null,
})
let phoneCount = 0
let shopCount = 0

/**
 * One sound call of every endpoint, aimed at the first shop and at the goods and orders of `user`.
 * What a call uses up is made anew each time. A new endpoint does not compile without its line here.
 */
export const calls: Calls = {
  account: {
    sendCode: () => ({ phone: `137${String(++phoneCount).padStart(8, '0')}` }),
    signIn: () => ({ phone: '13712345678', code: '000000', transport: 'bearer' }),
    signOut: () => ({}),
    me: () => ({}),
    updateMe: () => ({ nickname: '新名字' }),
    addresses: () => ({}),
    addAddress: () => ({ id: newId(), ...address, isDefault: false }),
    updateAddress: ({ addressIds }) => ({ id: addressIds.user, ...address }),
    removeAddress: async world => {
      const { id } = await world.must('user', 'account.addAddress', { id: newId(), ...address })
      return { id }
    },
  },
  shop: {
    open: () => ({ id: newId(), name: `新店 ${++shopCount}` }),
    view: ({ shopId: id }) => ({ id }),
    update: ({ shopId }) => ({ shopId, intro: '好茶' }),
  },
  files: {
    upload: () => ({ bytes: pixel }),
    uploadVideo: () => ({ bytes: clip }),
    read: ({ fileId: id }) => ({ id }),
  },
  catalog: {
    list: ({ shopId }) => ({ shopId, ...page }),
    listByCategory: ({ categoryId: id }) => ({ id, ...page }),
    view: ({ productId: id }) => ({ id }),
    counts: ({ shopId }) => ({ shopId }),
    manageList: ({ shopId }) => ({ shopId, ...page }),
    manageView: ({ shopId, productId: id }) => ({ shopId, id }),
    create: ({ shopId, fileId }) => ({ shopId, id: newId(), ...product([fileId], newId()) }),
    update: ({ shopId, fileId, productId: id, skuId }) => ({
      shopId,
      id,
      ...product([fileId], skuId),
    }),
    copy: ({ shopId, productId: id }) => ({ shopId, id, copyId: newId() }),
    submit: async ({ shopId, fileId, must }) => {
      const draft = { shopId, id: newId(), ...product([fileId], newId()) }
      await must('owner', 'catalog.create', draft)
      return { shopId, id: draft.id }
    },
    setShelf: ({ shopId, productId: id }) => ({ shopId, id, state: 'on_shelf' }),
    schedule: ({ shopId, productId: id }) => ({ shopId, id, shelveAt: null, unshelveAt: null }),
    clearShelf: ({ shopId }) => ({ shopId, productCount: 0 }),
    bulk: ({ shopId, productId }) => ({ shopId, ids: [productId], change: { shelf: 'on_shelf' } }),
    prices: ({ shopId, productId: id }) => ({ shopId, id }),
  },
  brand: {
    list: () => page,
    view: ({ brandId: id }) => ({ id }),
    create: () => ({ id: newId(), ...brand() }),
    update: ({ brandId: id }) => ({ id, ...brand() }),
    remove: async ({ must }) => {
      const row = { id: newId(), ...brand() }
      await must('operator', 'brand.create', row)
      return { id: row.id }
    },
  },
  tag: {
    list: ({ shopId }) => ({ shopId, ...page }),
    view: ({ shopId, tagId: id }) => ({ shopId, id }),
    create: ({ shopId }) => ({ shopId, id: newId(), ...tag() }),
    update: ({ shopId, tagId: id }) => ({ shopId, id, ...tag() }),
    remove: async ({ shopId, must }) => {
      const row = { shopId, id: newId(), ...tag() }
      await must('owner', 'tag.create', row)
      return { shopId, id: row.id }
    },
  },
  documentType: {
    list: () => page,
    view: ({ documentTypeId: id }) => ({ id }),
    create: () => ({ id: newId(), ...documentType() }),
    update: ({ documentTypeId: id }) => ({ id, ...documentType() }),
    remove: async ({ must }) => {
      const row = { id: newId(), ...documentType() }
      await must('operator', 'documentType.create', row)
      return { id: row.id }
    },
  },
  category: {
    tree: () => ({}),
    create: () => ({ id: newId(), parentId: null, position: 1, ...category() }),
    update: ({ categoryId: id }) => ({ id, ...category() }),
    move: ({ categoryId: id }) => ({ id, parentId: null, position: 2 }),
    remove: async ({ must }) => {
      const node = { id: newId(), parentId: null, position: 3, ...category() }
      await must('operator', 'category.create', node)
      return { id: node.id }
    },
  },
  qualification: {
    list: ({ shopId }) => ({ shopId, ...page }),
    submit: ({ shopId, fileId, documentTypeId }) => ({
      shopId,
      ...document(documentTypeId, fileId),
    }),
    withdraw: async ({ shopId, fileId, documentTypeId, must }) => {
      const paper = { shopId, ...document(documentTypeId, fileId) }
      await must('owner', 'qualification.submit', paper)
      return { shopId, id: paper.id }
    },
    queue: () => page,
    decide: () => ({ id: newId(), isApproved: true, reason: '' }),
  },
  review: {
    queue: () => page,
    view: () => ({ id: newId() }),
    decide: () => ({ id: newId(), isApproved: true, reason: '' }),
  },
  stock: {
    adjust: ({ shopId, skuId }) => ({ shopId, skuId, id: newId(), delta: 1, note: '盘点' }),
    movements: ({ shopId, skuId }) => ({ shopId, skuId, ...page }),
    list: ({ shopId }) => ({ shopId, ...page }),
    sheet: ({ shopId }) => ({ shopId }),
    trend: ({ shopId }) => ({ shopId, days: 7 }),
    alerts: ({ shopId }) => ({ shopId, ...page }),
    setThreshold: ({ shopId, skuId }) => ({ shopId, skuId, lowBelow: 3 }),
  },
  deal: { ofProducts: ({ productId }) => ({ productIds: productId }) },
  cart: {
    view: () => ({}),
    count: () => ({}),
    viewDevice: ({ skuId }) => ({ lines: [deviceLine(skuId)] }),
    add: ({ skuId }) => ({ id: newId(), skuId, quantity: 1, source: fromShop }),
    set: async (world, role) => ({ skuId: await inCart(world, role), quantity: 2 }),
    changeSku: async (world, role) => {
      const skuId = await inCart(world, role)
      return { skuId, toSkuId: skuId, quantity: 2 }
    },
    select: ({ skuId }) => ({ skuIds: [skuId], isSelected: false }),
    remove: ({ skuId }) => ({ skuIds: [skuId] }),
    merge: ({ skuId }) => ({ id: newId(), lines: [deviceLine(skuId)] }),
  },
  search: {
    products: () => ({ q: '茶', sort: 'sales', ...page }),
    facets: () => ({ q: '茶' }),
    suggest: () => ({ q: 'cha' }),
    hotWords: () => ({}),
    similar: ({ productId: id }) => ({ id }),
  },
  favourite: {
    list: () => page,
    count: () => ({}),
    state: ({ productId }) => ({ productId }),
    add: ({ productId }) => ({ productId }),
    remove: ({ productId }) => ({ productId }),
  },
  history: {
    list: () => ({}),
    record: ({ productId }) => ({ productId }),
    forget: ({ productId }) => ({ productId }),
    clear: () => ({}),
  },
  order: {
    preview: ({ skuId, addressIds }, role) => basket(skuId, addressIds[role]),
    place: ({ shopId, skuId, addressIds }, role) => ({
      ...basket(skuId, addressIds[role]),
      orders: [{ id: newId(), shopId, note: '' }],
      agreesNoReturn: false,
      expectedPayableFen: priceFen,
    }),
    list: () => page,
    view: async world => ({ id: await world.order() }),
    counts: () => ({}),
    history: async world => ({ id: await world.order() }),
    page: async world => {
      const id = await world.order()
      return { id, lineId: id }
    },
    cancel: async world => ({ id: await world.order(), reason: '不想要了' }),
    changeReceiver: async world => ({
      id: await world.order(),
      addressId: world.addressIds.user,
    }),
    extendReceipt: async world => ({ id: await world.order('shipped') }),
    confirm: async world => ({ id: await world.order('shipped') }),
    manageView: async world => ({ shopId: world.shopId, id: await world.order() }),
    reveal: async world => ({ shopId: world.shopId, id: await world.order() }),
  },
  pay: {
    start: async world => ({ orderIds: [await world.order()], channel: 'sandbox' }),
    view: async world => {
      const orders = { orderIds: [await world.order()], channel: 'sandbox' }
      const { id } = await world.must('user', 'pay.start', orders)
      return { id }
    },
  },
  orderdesk: {
    list: ({ shopId }) => ({ shopId, ...page }),
    counts: ({ shopId }) => ({ shopId }),
    history: async world => ({ shopId: world.shopId, id: await world.order() }),
    page: async world => {
      const id = await world.order()
      return { shopId: world.shopId, id, lineId: id }
    },
    exportOrders: ({ shopId }) => ({ shopId }),
    exportReceivers: ({ shopId }) => ({ shopId, format: 'xlsx' }),
    setNote: async world => ({
      shopId: world.shopId,
      id: await world.order(),
      text: '加急',
      flag: 'red',
    }),
    setReceiver: async world => {
      const { isDefault: _, ...receiver } = address
      return { shopId: world.shopId, id: await world.order(), ...receiver }
    },
    setPrice: async world => ({
      shopId: world.shopId,
      id: await world.order(),
      lines: [],
      shippingFen: 0,
    }),
    cancel: async world => ({ shopId: world.shopId, id: await world.order(), reason: '缺货' }),
    today: ({ shopId }) => ({ shopId }),
    sources: ({ shopId }) => ({ shopId }),
  },
  ship: {
    ship: async world => ({ shopId: world.shopId, ...parcel(await world.order('paid')) }),
    correct: async world => {
      const { shopId } = world
      const sent = { shopId, ...parcel(await world.order('paid')) }
      const { id } = await world.must('owner', 'ship.ship', sent)
      return { shopId, id, carrier: 'sf', number: sent.number }
    },
    shipSheet: ({ shopId }) => ({
      shopId,
      bytes: new TextEncoder().encode('订单号,物流公司,运单号\n1,顺丰速运,SF1234567890123\n'),
    }),
    sheetTemplate: ({ shopId }) => ({ shopId, format: 'csv' }),
  },
  ledger: {
    balance: ({ shopId }) => ({ shopId }),
    check: () => ({}),
  },
  live: liveCalls,
  chat: chatCalls,
  moderation: moderationCalls,
  patrol: patrolCalls,
  verdict: verdictCalls,
  attitude: {
    view: ({ liveId }) => ({ liveId }),
    set: ({ liveId }) => ({ liveId, attitude: 'up' }),
    totals: ({ shopId, liveId: id }) => ({ shopId, id }),
  },
  share: {
    card: ({ liveId }) => ({ liveId }),
    mine: ({ liveId }) => ({ liveId }),
    visit: ({ liveId }) => ({ liveId, shareId: newId() }),
    ofRoom: ({ shopId, liveId: id }) => ({ shopId, id }),
  },
  follow: {
    follow: ({ shopId }) => ({ shopId }),
    unfollow: ({ shopId }) => ({ shopId }),
    state: ({ shopId }) => ({ shopId }),
    list: () => page,
  },
  recording: recordingCalls,
  clip: clipCalls,
  showcase: showcaseCalls,
  poll: pollCalls,
  story: storyCalls,
  insight: insightCalls,
  wordlist: wordListCalls,
  platformWordList: platformWordListCalls,
  takerate: {
    list: () => page,
    add: () => ({
      id: newId(),
      shopId: null,
      categoryId: newId(),
      rateBps: 500,
      effectiveFrom: null,
      note: '',
    }),
    withdraw: () => ({ id: newId() }),
  },
  freight: {
    list: ({ shopId }) => ({ shopId }),
    create: ({ shopId }) => ({ shopId, id: newId(), ...freightPlan }),
    update: async world => ({ ...(await newTemplate(world)), ...freightPlan }),
    setDefault: world => newTemplate(world),
    remove: world => newTemplate(world),
  },
  coupon: couponCalls,
  points: pointsCalls,
  flashsale: flashsaleCalls,
  productsheet: {
    template: ({ shopId }) => ({ shopId }),
    export: ({ shopId }) => ({ shopId }),
    check: ({ shopId }) => ({ shopId, importId: newId(), bytes: goodsSheet }),
    view: async world => ({ shopId: world.shopId, id: await productImport(world) }),
    apply: async world => ({
      shopId: world.shopId,
      id: await productImport(world),
      pictureFileId: world.fileId,
    }),
    report: async world => ({ shopId: world.shopId, id: await productImport(world) }),
  },
  stocktake: {
    list: ({ shopId }) => ({ shopId, ...page }),
    open: ({ shopId }) => ({ shopId, id: newId(), title: '月末盘点' }),
    view: async world => ({ shopId: world.shopId, id: await stockTake(world) }),
    counts: async world => ({ shopId: world.shopId, id: await stockTake(world), ...page }),
    count: async world => ({ ...(await countOf(world)), counted: 9_000 }),
    uncount: countOf,
    sheet: async world => ({ shopId: world.shopId, id: await stockTake(world) }),
    countSheet: async world => ({
      shopId: world.shopId,
      id: await stockTake(world),
      bytes: Buffer.from(`SKU id,Counted\n${world.skuId},9000`),
    }),
    apply: async world => ({ shopId: world.shopId, id: await stockTake(world) }),
    cancel: async world => ({ shopId: world.shopId, id: await stockTake(world) }),
  },
  virtual: {
    list: ({ shopId }) => ({ shopId, ...page }),
    setRule: ({ shopId, skuId }) => ({ shopId, skuId, ...delivery }),
    codes: ({ shopId, skuId }) => ({ shopId, skuId, ...page }),
    importCodes: ({ shopId, skuId }) => ({ shopId, skuId, id: newId(), bytes: codeSheet }),
    voidCode: ({ shopId, skuId }) => ({ shopId, skuId, id: newId() }),
    slots: ({ shopId, skuId }) => ({ shopId, skuId, ...page }),
    putSlot: ({ shopId, skuId }) => ({ shopId, skuId, id: newId(), ...slot }),
    removeSlot: ({ shopId, skuId }) => ({ shopId, skuId, id: newId() }),
    openSlots: ({ skuId: id }) => ({ id }),
    mine: async world => ({ id: await world.order() }),
    book: async world => ({ id: await world.order(), lineId: newId(), slotId: newId() }),
    cancelBooking: async world => ({ id: await world.order(), lineId: newId() }),
    ofShop: async world => ({ shopId: world.shopId, id: await world.order() }),
  },
  promotion: {
    ofProduct: ({ productId: id }) => ({ id }),
    manageList: ({ shopId }) => ({ shopId, ...page }),
    manageView: world => newPromotion(world),
    create: ({ shopId }) => ({ shopId, id: newId(), ...promotionPlan() }),
    update: async world => ({ ...(await newPromotion(world)), ...promotionPlan() }),
    publish: world => newPromotion(world),
    end: async world => {
      const promotion = await newPromotion(world)
      await world.must('owner', 'promotion.publish', promotion)
      return promotion
    },
    remove: world => newPromotion(world),
  },
  audit: { list: () => page },
  realtime: { ticket: () => ({}) },
}

const free = { firstUnits: 1, firstFen: 0, furtherUnits: 1, furtherFen: 0 }
const freightPlan = {
  name: '包邮',
  chargeBy: 'piece',
  rules: [],
  elsewhere: { ...free, freeFromFen: null, freeFromCount: null },
}

/** One template of the shop besides its default one. */
async function newTemplate({ must, shopId }: World): Promise<{ shopId: string; id: string }> {
  await must('owner', 'freight.create', { shopId, id: shopId, ...freightPlan })
  const id = newId()
  await must('owner', 'freight.create', { shopId, id, ...freightPlan })
  return { shopId, id }
}

/** Planned for tomorrow: it moves no price. */
const promotionPlan = () => ({
  title: '第二件半价',
  startsAt: new Date(Date.now() + 86_400_000).toISOString(),
  endsAt: new Date(Date.now() + 2 * 86_400_000).toISOString(),
  rules: { kind: 'full_reduction', scope: { only: 'brands', ids: [newId()] }, ...oneTier },
})
const oneTier = {
  by: 'count',
  repeats: false,
  tiers: [{ threshold: 2, off: { bps: 2_500, maxFen: null }, gifts: [] }],
}

/** A draft of the shop. */
async function newPromotion({ must, shopId }: World): Promise<{ shopId: string; id: string }> {
  const id = newId()
  await must('owner', 'promotion.create', { shopId, id, ...promotionPlan() })
  return { shopId, id }
}

const fromShop = { kind: 'shop', id: null }
const deviceLine = (skuId: string) => ({
  skuId,
  quantity: 1,
  isSelected: true,
  addedPriceFen: priceFen,
  source: fromShop,
})

/** A line in the caller's own cart. */
async function inCart(world: World, role: Role): Promise<string> {
  const { skuId } = world
  const goods = { id: newId(), skuId, quantity: 1, source: fromShop }
  if (role !== 'visitor') await world.must(role, 'cart.add', goods)
  return skuId
}

/** These end something for the others, so they come last. */
export const lastNames: readonly string[] = [
  'live.end',
  'live.recap',
  'shop.open',
  'account.signOut',
]

/** Every call by name, in an order in which none spoils another. */
export const allCalls = (): { name: string; make: (world: World, role: Role) => Made }[] =>
  Object.entries(calls)
    .flatMap(([noun, verbs]) =>
      Object.entries(verbs).map(([verb, make]) => ({ name: `${noun}.${verb}`, make })),
    )
    .toSorted((a, b) => lastNames.indexOf(a.name) - lastNames.indexOf(b.name))
