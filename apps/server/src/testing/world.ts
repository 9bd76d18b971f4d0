import { newId } from '@kaibo/kernel/ids'
import { vi } from 'vitest'
import { pixel, requestOf } from './request.ts'
import type { Answer, Stage } from './stage.ts'

/** Everybody who may knock: nobody, a buyer, the staff of one shop, another shop's owner, the platform. */
export const roles = [
  'visitor',
  'user',
  'owner',
  'host',
  'clerk',
  'assistant',
  'moderator',
  'otherOwner',
  'operator',
] as const
export type Role = (typeof roles)[number]

const phones: Readonly<Record<Exclude<Role, 'visitor'>, string>> = {
  user: '13900000001',
  owner: '13900000002',
  host: '13900000003',
  clerk: '13900000004',
  otherOwner: '13900000005',
  operator: '13900000006',
  assistant: '13900000007',
  moderator: '13900000008',
}

export type World = {
  token(role: Role): string | null
  call(role: Role, name: string, input: Record<string, unknown>): Promise<Answer>
  /** Calls and expects 200; returns the body. */
  must(role: Role, name: string, input: Record<string, unknown>): Promise<Record<string, unknown>>
  shopId: string
  otherShopId: string
  fileId: string
  productId: string
  skuId: string
  brandId: string
  tagId: string
  documentTypeId: string
  categoryId: string
  /** The open session of the shop. */
  liveId: string
  /** Somebody who only watches. */
  strangerId: string
  /** Each role's own address. */
  addressIds: Readonly<Record<Role, string>>
  /** A new order of `user`: pending, or moved on as wanted. */
  order(state?: 'pending' | 'paid' | 'shipped'): Promise<string>
}

/** Two shops with people in every role, a product on the shelf, a session, orders. */
export async function createWorld(stage: Stage): Promise<World> {
  const { kaibo, database } = stage.booted
  const ids = await people(stage)
  const shopId = await database.tx(async tx => {
    const id = await kaibo.shop.ensureShop(tx, { name: '甲店', intro: '', ownerId: ids.owner })
    for (const role of ['host', 'clerk', 'assistant', 'moderator'] as const)
      await kaibo.shop.addMember(tx, { shopId: id, userId: ids[role], role })
    return id
  })
  const otherShopId = await database.tx(tx =>
    kaibo.shop.ensureShop(tx, { name: '乙店', intro: '', ownerId: ids.otherOwner }),
  )
  const tokens = new Map<Role, string>()
  for (const [role, phone] of Object.entries(phones))
    tokens.set(roles.find(one => one === role) ?? 'visitor', await stage.signIn(phone))

  const token = (role: Role) => tokens.get(role) ?? null
  const call: World['call'] = (role, name, input) =>
    stage.ask(requestOf({ name, input, token: token(role) }))
  const must: World['must'] = async (role, name, input) => {
    const { status, body } = await call(role, name, input)
    if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`)
    return { ...(typeof body === 'object' ? body : {}) }
  }
  const shelves = await shelving(must, shopId)
  const goods = await stock(must, shopId)
  const addressIds = await addresses(must)
  const liveId = newId()
  const session = { shopId, id: liveId, title: '开播', category: 'tea', coverFileId: null }
  await must('owner', 'live.create', session)
  const strangerId = await database.tx(tx =>
    kaibo.account.ensureUser(tx, { phone: '13900000009', nickname: 'stranger' }),
  )
  const order: World['order'] = async (state = 'pending') => {
    const orderId = newId()
    const { skuId } = goods
    await must('user', 'order.place', {
      ...basket(skuId, addressIds.user),
      orders: [{ id: orderId, shopId, note: '' }],
      source: { kind: 'live', id: liveId },
      agreesNoReturn: false,
      expectedPayableFen: priceFen,
    })
    if (state !== 'pending') await payFor({ stage, must }, orderId)
    if (state === 'shipped') await must('clerk', 'ship.ship', { shopId, ...parcel(orderId) })
    return orderId
  }
  return {
    token,
    call,
    must,
    shopId,
    otherShopId,
    ...shelves,
    ...goods,
    liveId,
    strangerId,
    addressIds,
    order,
  }
}

/** Pays at the sandbox bank, which must be listening, and waits until the payment is booked. */
async function payFor({ stage, must }: { stage: Stage; must: World['must'] }, orderId: string) {
  const orders = { orderIds: [orderId], channel: 'sandbox' }
  const { id, cashierUrl } = await must('user', 'pay.start', orders)
  await stage.ask({ method: 'POST', url: String(cashierUrl) })
  await vi.waitFor(async () => {
    const { state } = await must('user', 'pay.view', { id })
    if (state !== 'paid') throw new Error(`the payment is ${state}`)
  }, 10_000)
}

export const priceFen = 6_800

/** One piece from the shop pages, to this address. */
export const basket = (skuId: string, addressId: string) => ({
  lines: [{ skuId, quantity: 1 }],
  addressId,
  source: { kind: 'shop', id: null },
  couponIds: [],
  pointsUsed: 0,
})

async function people({ booted }: Stage): Promise<Record<Exclude<Role, 'visitor'>, string>> {
  const { kaibo, database } = booted
  const make = (role: Exclude<Role, 'visitor'>) =>
    database.tx(tx =>
      kaibo.account.ensureUser(tx, {
        phone: phones[role],
        nickname: role,
        roles: role === 'operator' ? (['operator'] as const) : [],
      }),
    )
  return {
    user: await make('user'),
    owner: await make('owner'),
    host: await make('host'),
    clerk: await make('clerk'),
    assistant: await make('assistant'),
    moderator: await make('moderator'),
    otherOwner: await make('otherOwner'),
    operator: await make('operator'),
  }
}

/** What products are sorted by. */
async function shelving(must: World['must'], shopId: string) {
  const [brandId, tagId, documentTypeId, categoryId] = [newId(), newId(), newId(), newId()]
  await must('operator', 'brand.create', {
    id: brandId,
    name: '一叶',
    nameEn: '',
    logoFileId: null,
  })
  await must('owner', 'tag.create', { shopId, id: tagId, name: '新品', tone: 'accent' })
  const papers = { id: documentTypeId, name: '食品经营许可证', nameEn: '', hint: '' }
  await must('operator', 'documentType.create', papers)
  await must('operator', 'category.create', {
    id: categoryId,
    parentId: null,
    position: 0,
    name: '茶',
    nameEn: 'Tea',
    documentTypeIds: [],
    rateHandle: '',
  })
  return { brandId, tagId, documentTypeId, categoryId }
}

async function stock(must: World['must'], shopId: string) {
  const { id: fileId } = await must('owner', 'files.upload', { bytes: pixel })
  const [productId, skuId] = [newId(), newId()]
  await must('owner', 'catalog.create', {
    shopId,
    ...product([String(fileId)], skuId),
    id: productId,
  })
  await must('owner', 'catalog.setShelf', { shopId, id: productId, state: 'on_shelf' })
  return { fileId: String(fileId), productId, skuId }
}

/** The fields of a product with one SKU. */
export const product = (pictureFileIds: string[], skuId: string) => ({
  title: '龙井',
  subtitle: '',
  description: '',
  pictureFileIds,
  skus: [{ id: skuId, spec: { 规格: '50 g' }, priceFen, initialStock: 10_000 }],
})

export const address = {
  name: '王小明',
  phone: '13800138000',
  regionCode: '330106',
  detail: '文三路 1 号',
  isDefault: true,
}

async function addresses(must: World['must']): Promise<Record<Role, string>> {
  const make = async (role: Role) => {
    const id = newId()
    if (role !== 'visitor') await must(role, 'account.addAddress', { id, ...address })
    return id
  }
  return {
    visitor: await make('visitor'),
    user: await make('user'),
    owner: await make('owner'),
    host: await make('host'),
    clerk: await make('clerk'),
    assistant: await make('assistant'),
    moderator: await make('moderator'),
    otherOwner: await make('otherOwner'),
    operator: await make('operator'),
  }
}

export const parcel = (orderId: string) => ({
  id: orderId,
  parcelId: newId(),
  carrier: 'sf',
  number: 'SF1234567890123',
})
