import { dayMs } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { priceFen, product, type World } from './world.ts'

const page = { limit: 5 }
const at = (days: number) => new Date(Date.now() + days * dayMs).toISOString()

const coupon = () => ({
  id: newId(),
  title: '满 50 减 5',
  off: { fen: 500 },
  thresholdFen: 5_000,
  scope: { only: 'all', ids: [] },
  validity: { days: 7 },
  withActivity: false,
  totalCount: 1_000,
  perPersonMax: 10,
  claimFrom: at(-1),
  claimUntil: at(1),
  group: '',
  code: null,
})
let codeCount = 0
const newCode = () => `CODE${++codeCount}`

/** A coupon to claim; its number makes the code. */
async function newCoupon({ must, shopId }: World, code: string | null = null): Promise<string> {
  const wanted = { ...coupon(), code }
  await must('owner', 'coupon.create', { shopId, ...wanted })
  return wanted.id
}

export const couponCalls = {
  centre: ({ shopId }: World) => ({ shopId }),
  claim: async (world: World) => ({ templateId: await newCoupon(world), id: newId() }),
  redeem: async (world: World) => {
    const code = newCode()
    await newCoupon(world, code)
    return { id: newId(), code }
  },
  mine: () => ({ ...page, state: 'usable' }),
  claimCounts: () => ({}),
  manageList: ({ shopId }: World) => ({ shopId, ...page, state: 'open' }),
  create: ({ shopId }: World) => ({ shopId, ...coupon() }),
  change: async (world: World) => ({
    shopId: world.shopId,
    id: await newCoupon(world),
    totalCount: 2_000,
  }),
  platformList: () => page,
  platformCreate: () => coupon(),
  platformChange: async ({ must }: World) => {
    const wanted = coupon()
    await must('operator', 'coupon.platformCreate', wanted)
    return { id: wanted.id, isStopped: true }
  },
}

export const pointsCalls = {
  account: () => ({}),
  entries: () => page,
  settings: () => ({}),
  setSettings: () => ({
    isOn: true,
    earnedPerYuan: 1,
    pointsPerYuan: 100,
    shareMaxBps: 5_000,
    expiry: 'rolling',
    validDays: 365,
  }),
}

const plan = (skuId: string) => ({
  title: '直播间秒杀',
  startsAt: at(1),
  endsAt: at(2),
  // Only with a token: the other calls go on paying the price of the shelf.
  channel: 'live',
  liveId: null,
  items: [{ skuId, priceFen: priceFen - 100, quota: 5, perPersonMax: 1 }],
})

/** A SKU that is in no other sale. */
async function newSku({ must, shopId, fileId }: World): Promise<string> {
  const skuId = newId()
  await must('owner', 'catalog.create', { shopId, id: newId(), ...product([fileId], skuId) })
  return skuId
}

async function newSale(world: World) {
  const { must, shopId } = world
  const [id, skuId] = [newId(), await newSku(world)]
  await must('owner', 'flashsale.create', { shopId, id, ...plan(skuId) })
  return { shopId, id, skuId }
}

const roomPrice = {
  title: '直播专享',
  skuId: null,
  priceFen: priceFen - 100,
  quota: 1,
  perPersonMax: null,
  minutes: 1,
}

/** A product of its own in the bag of the room. */
async function inBag({ must, shopId, fileId, liveId: id }: World): Promise<string> {
  const productId = newId()
  await must('owner', 'catalog.create', { shopId, id: productId, ...product([fileId], newId()) })
  await must('owner', 'catalog.setShelf', { shopId, id: productId, state: 'on_shelf' })
  const { version } = await must('visitor', 'showcase.bag', { id })
  await must('owner', 'showcase.setBag', { shopId, id, version, productIds: [productId] })
  return productId
}

async function saleOf(world: World) {
  const { shopId, id } = await newSale(world)
  return { shopId, id }
}

export const flashsaleCalls = {
  showing: ({ liveId }: World) => ({ liveId }),
  manageList: ({ shopId }: World) => ({ shopId, ...page }),
  manageView: saleOf,
  create: async (world: World) => ({
    shopId: world.shopId,
    id: newId(),
    ...plan(await newSku(world)),
  }),
  update: async (world: World) => {
    const { shopId, id, skuId } = await newSale(world)
    return { shopId, id, ...plan(skuId), title: '改期' }
  },
  start: saleOf,
  addQuota: async (world: World) => ({ ...(await newSale(world)), quota: 6 }),
  end: saleOf,
  priceInRoom: async (world: World) => ({
    shopId: world.shopId,
    id: world.liveId,
    saleId: newId(),
    productId: await inBag(world),
    ...roomPrice,
  }),
  endPriceInRoom: async (world: World) => {
    const { must, shopId, liveId: id } = world
    const saleId = newId()
    const productId = await inBag(world)
    await must('owner', 'flashsale.priceInRoom', { shopId, id, saleId, productId, ...roomPrice })
    return { shopId, id, saleId }
  },
}
