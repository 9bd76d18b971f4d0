import type { FreightCharge, FreightPlan } from '@kaibo/contract/trade/freight'
import { newId } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import type { SkuFacts } from '@kaibo/modules/catalog'
import type { FreightItem } from '@kaibo/modules/price'
import { priceSku } from '@kaibo/testkit/baskets'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, shopTeam } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'
import { createFreight } from './index.ts'

const { database } = await testDatabase()
const { db } = database
/** Sold in Zhejiang only. */
const local: SkuFacts = {
  ...priceSku({ priceFen: fen(1_000) }),
  categoryIds: [],
  tagIds: [],
  versionId: newId(),
  state: 'on_shelf',
  regionCodes: ['33'],
  mayReturn: true,
}
const freight = createFreight({ database, catalog: { skusByIds: async () => [local] } })
const { handlers } = freight

const charge = (firstFen: number): FreightCharge => ({
  firstUnits: 1,
  firstFen: fen(firstFen),
  furtherUnits: 1,
  furtherFen: fen(100),
  freeFromFen: null,
  freeFromCount: null,
})
const plan = (changes: Partial<FreightPlan> = {}): FreightPlan => ({
  name: '普通快递',
  chargeBy: 'piece',
  rules: [],
  elsewhere: charge(800),
  ...changes,
})
const newShop = (id = newId()) => {
  const team = shopTeam(id)
  const ctx = ctxOf(team.clerk)
  const { shopId } = team
  return {
    shopId,
    ctx,
    add: (changes: Partial<FreightPlan> = {}, id = newId()) =>
      handlers.create(ctx, { shopId, id, ...plan(changes) }),
    list: async () => (await handlers.list(ctx, { shopId })).items,
  }
}
const parcel = (freightTemplateId: string | null, quantity = 1): FreightItem => ({
  skuId: newId(),
  freightTemplateId,
  quantity,
  weightG: 500,
  volumeCm3: 1_000,
  amountFen: fen(1_000),
})
const costFen = async (shopId: string, items: FreightItem[], regionCode = '330106') => {
  const skus = items.map(({ freightTemplateId }) => ({ shopId, freightTemplateId }))
  const [of] = await freight.shippingFor(db, [{ regionCode, skus }])
  return of?.(shopId, items)
}

test('the first template is the default, and another one can become it', async () => {
  const { add, list, ctx, shopId } = newShop()
  const first = await add({ name: '普通' })
  const second = await add({ name: '大件' })
  expect([first.isDefault, second.isDefault]).toEqual([true, false])
  await handlers.setDefault(ctx, { shopId, id: second.id })
  expect((await list()).map(({ name, isDefault }) => [name, isDefault])).toEqual([
    ['大件', true],
    ['普通', false],
  ])
})

test('an edit makes a new version, saying the same again does not', async () => {
  const { add, ctx, shopId } = newShop()
  const { id } = await add()
  const before = await freight.shippingFor(db, [
    { regionCode: '330106', skus: [{ shopId, freightTemplateId: id }] },
  ])
  const edited = await handlers.update(ctx, { shopId, id, ...plan({ elsewhere: charge(900) }) })
  const again = await handlers.update(ctx, { shopId, id, ...plan({ elsewhere: charge(900) }) })
  expect([edited.version, again.version]).toEqual([2, 2])
  expect(before[0]?.(shopId, [parcel(id)])).toBe(800)
  expect(await costFen(shopId, [parcel(id)])).toBe(900)
})

test('goods go by the template they name, else by the default one, each charged for its own', async () => {
  const { add, shopId, ctx } = newShop()
  await add()
  const big = await add({ elsewhere: charge(3_000) })
  const goods = [parcel(null, 2), parcel(big.id), parcel(newId())]
  expect(await costFen(shopId, goods)).toBe(800 + 200 + 3_000)
  await handlers.remove(ctx, { shopId, id: big.id })
  expect(await costFen(shopId, goods)).toBe(800 + 300)
})

test('a shop without templates sends for nothing, and nobody charges before there is an address', async () => {
  const { shopId } = newShop()
  expect(await costFen(shopId, [parcel(null)])).toBe(0)
  const nowhere = { regionCode: null, skus: [{ shopId, freightTemplateId: null }] }
  expect(await freight.shippingFor(db, [nowhere])).toEqual([null])
})

test('the template of another shop is as good as none', async () => {
  const [other, own] = [newShop(), newShop()]
  const foreign = await other.add({ elsewhere: charge(1) })
  await own.add()
  expect(await costFen(own.shopId, [parcel(foreign.id)])).toBe(800)
  const here = { shopId: own.shopId, id: foreign.id }
  for (const call of [
    () => handlers.update(own.ctx, { ...here, ...plan() }),
    () => handlers.setDefault(own.ctx, here),
    () => handlers.remove(own.ctx, here),
    () => own.add({}, foreign.id),
  ])
    await expect(call()).rejects.toMatchObject({ code: 'freight.not_found' })
})

test('all goods that cannot be sent to a region are named', async () => {
  const { add, shopId } = newShop()
  await add({ rules: [{ regions: ['65', '54'], charge: null }] })
  const goods = [parcel(null), parcel(null)]
  await expect(costFen(shopId, goods, '650102')).rejects.toMatchObject({
    code: 'freight.unreachable',
    data: { skuIds: goods.map(item => item.skuId) },
  })
  expect(await costFen(shopId, goods)).toBe(900)
})

test('a region belongs to one rule', async () => {
  const { add } = newShop()
  const rules = [
    { regions: ['33'], charge: charge(1) },
    { regions: ['32', '33'], charge: null },
  ]
  await expect(add({ rules })).rejects.toMatchObject({ code: 'freight.regions_clash' })
})

test('the default template stays', async () => {
  const { add, ctx, shopId } = newShop()
  const { id } = await add()
  const removing = handlers.remove(ctx, { shopId, id })
  await expect(removing).rejects.toMatchObject({ code: 'freight.default_stays' })
})

test('the same id again adds nothing, and two first templates at once make one default', async () => {
  const { add, list } = newShop()
  const id = newId()
  await Promise.all([add({}, id), add({}, id), add(), add()])
  const templates = await list()
  expect(templates.map(template => template.isDefault)).toEqual([true, false, false])
})

test('hosts see templates but do not change them', async () => {
  const { shopId, host } = shopTeam()
  expect(await handlers.list(ctxOf(host), { shopId })).toEqual({ items: [] })
  const adding = handlers.create(ctxOf(host), { shopId, id: newId(), ...plan() })
  await expect(adding).rejects.toMatchObject({ code: 'auth.forbidden' })
})

test('ordered goods may go elsewhere at what that costs, where they are sold', async () => {
  const { add, shopId } = newShop(local.shopId)
  await add()
  const goods = { shopId, lines: [{ skuId: local.skuId, quantity: 2, amountFen: fen(1) }] }
  expect(await freight.shippingTo(db, goods, '330106')).toBe(900)
  await expect(freight.shippingTo(db, goods, '110101')).rejects.toMatchObject({
    code: 'order.region_refused',
    data: { skuIds: [local.skuId] },
  })
})
