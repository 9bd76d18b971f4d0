import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'
import { createStockTake } from './index.ts'

const { database } = await testDatabase()
const market = createMarket(database)
const { catalog, stock } = market
const takes = createStockTake({ database, catalog, stock })
const team = await market.newShop()
const { shopId } = team
const clerk = ctxOf(team.clerk)

const newSku = async (onHand: number) => {
  const product = await market.newProduct(team, { skus: [{ stock: onHand }] })
  return must(product.skus[0], 'a SKU').id
}
const newTake = async () => {
  const { id } = await takes.handlers.open(clerk, { shopId, id: newId(), title: '月末盘点' })
  const owned = { shopId, id }
  return {
    owned,
    count: (skuId: string, counted: number) =>
      takes.handlers.count(clerk, { ...owned, skuId, counted }),
    apply: () => takes.handlers.apply(clerk, owned),
  }
}
const onHand = async (skuId: string) =>
  (await stock.levelsBySku(database.db, [skuId])).get(skuId)?.onHand
const hold = async (skuId: string, quantity: number) => {
  const orderId = newId()
  await database.tx(tx => stock.hold(tx, [{ orderId, lines: [{ skuId, quantity }] }]))
  return orderId
}
const bytesOf = (text: string) => ({
  bytes: new TextEncoder().encode(text),
  contentType: 'application/octet-stream',
})

test('what is sold after the counting is not taken for missing', async () => {
  const skuId = await newSku(10)
  const take = await newTake()
  expect(await take.count(skuId, 8)).toMatchObject({ onHandThen: 10, difference: -2 })
  const orderId = await hold(skuId, 3)
  await database.tx(tx => stock.ship(tx, [orderId]))
  expect(await take.apply()).toMatchObject({ state: 'applied', fewerCount: 2, moreCount: 0 })
  expect(await onHand(skuId)).toBe(5)
  const log = await stock.handlers.movements(clerk, { shopId, skuId, limit: 1 })
  expect(log.items[0]).toMatchObject({
    reason: 'count',
    documentId: take.owned.id,
    onHandDelta: -2,
    actorId: team.clerk.userId,
    note: '月末盘点',
  })
})

test('a take is applied once, however many people press the button', async () => {
  const [more, same] = [await newSku(1), await newSku(4)]
  const take = await newTake()
  await take.count(more, 2)
  await take.count(more, 6)
  await take.count(same, 4)
  await Promise.all([take.apply(), take.apply(), take.apply()])
  expect([await onHand(more), await onHand(same)]).toEqual([6, 4])
  expect(await takes.handlers.view(clerk, take.owned)).toMatchObject({
    countedCount: 2,
    differentCount: 1,
    moreCount: 5,
  })
  await expect(take.count(more, 1)).rejects.toMatchObject({ code: 'stocktake.closed' })
  await expect(takes.handlers.cancel(clerk, take.owned)).rejects.toMatchObject({
    code: 'stocktake.closed',
  })
})

test('a difference below what orders hold is refused with its SKUs, and nothing is corrected', async () => {
  const [held, free] = [await newSku(5), await newSku(5)]
  await hold(held, 4)
  const take = await newTake()
  await take.count(held, 2)
  await take.count(free, 9)
  await expect(take.apply()).rejects.toMatchObject({
    code: 'stock.below_reserved',
    data: { skuIds: [held] },
  })
  expect(await onHand(free)).toBe(5)
  await takes.handlers.uncount(clerk, { ...take.owned, skuId: held })
  await take.apply()
  expect(await onHand(free)).toBe(9)
})

test('a sheet to fill in comes back as counts, all rows or none', async () => {
  const [a, b] = [await newSku(3), await newSku(3)]
  const take = await newTake()
  const { bytes } = await takes.handlers.sheet(clerk, { ...take.owned, language: 'en' })
  expect(new TextDecoder().decode(bytes)).toContain(`${a},龙井春茶,规格:1 号,`)
  const upload = (text: string) =>
    takes.handlers.countSheet(clerk, { ...take.owned, ...bytesOf(text) })
  const refused = await upload(`SKU id,Counted\n${a},5\n${newId()},1\n${a},6\n${b},x\nnobody,1`)
  expect(refused.problems.map(({ row, code }) => [row, code]).toSorted()).toEqual([
    [3, 'product.not_found'],
    [4, 'sheet.cell_repeated'],
    [5, 'sheet.cell_no_integer'],
    [6, 'sheet.cell_no_id'],
  ])
  expect(refused.take.countedCount).toBe(0)
  expect(await upload(`SKU id,Counted\n${a},5\n${b},`)).toMatchObject({
    problems: [],
    take: { countedCount: 1, moreCount: 2 },
  })
})

test('nothing counted is nothing to apply, and other shops see none of it', async () => {
  const take = await newTake()
  await expect(take.apply()).rejects.toMatchObject({ code: 'stocktake.nothing_counted' })
  const stranger = await market.newShop()
  const foreign = { ...take.owned, shopId: stranger.shopId }
  await expect(takes.handlers.apply(ctxOf(stranger.owner), foreign)).rejects.toMatchObject({
    code: 'stocktake.not_found',
  })
  await expect(take.count(newId(), 1)).rejects.toMatchObject({ code: 'product.not_found' })
})
