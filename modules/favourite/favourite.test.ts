import type { UserActor } from '@kaibo/contract/core/permissions'
import { favouritesMax } from '@kaibo/contract/people/favourite'
import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createFavourite } from './index.ts'

const { database } = await testDatabase()
const market = createMarket(database)
const { handlers: favourite } = createFavourite({ database, catalog: market.catalog })
const team = await market.newShop()

const keep = (buyer: UserActor, productId: string) => favourite.add(ctxOf(buyer), { productId })
const list = async (buyer: UserActor) => (await favourite.list(ctxOf(buyer), { limit: 20 })).items
const setPrice = (productId: string, fen: number) =>
  sql`update catalog_sku set price_fen = ${fen} where product_id = ${productId}`.execute(
    database.db,
  )

test('keeping twice keeps the first price', async () => {
  const buyer = await market.newUser()
  const { id } = await market.newProduct(team)
  await Promise.all([keep(buyer, id), keep(buyer, id)])
  await setPrice(id, 5_000)
  await keep(buyer, id)
  expect(await list(buyer)).toMatchObject([
    { product: { id, priceFromFen: 5_000 }, thenPriceFen: 6_800 },
  ])
})

test('a favourite that went off the shelf is still listed, and says so', async () => {
  const buyer = await market.newUser()
  const { id } = await market.newProduct(team)
  await keep(buyer, id)
  await market.catalog.setShelf(team.owner, { shopId: team.shopId, id, state: 'off_shelf' })
  expect(await list(buyer)).toMatchObject([{ product: { id, state: 'off_shelf' } }])
})

test('toggling is seen at once and only by its person', async () => {
  const [ann, bo] = [await market.newUser(), await market.newUser()]
  const { id: productId } = await market.newProduct(team)
  const isKept = async (buyer: UserActor) =>
    (await favourite.state(ctxOf(buyer), { productId })).isFavourite
  await keep(ann, productId)
  expect([await isKept(ann), await isKept(bo)]).toEqual([true, false])
  await favourite.remove(ctxOf(bo), { productId })
  expect(await favourite.count(ctxOf(ann), {})).toEqual({ count: 1 })
  await favourite.remove(ctxOf(ann), { productId })
  expect([await isKept(ann), await list(ann)]).toEqual([false, []])
})

test('the last place is taken once', async () => {
  const buyer = await market.newUser()
  const first = await market.newProduct(team)
  await keep(buyer, first.id)
  await sql`insert into favourite_item (user_id, product_id, then_price_fen)
    select ${buyer.userId}, gen_random_uuid(), 1 from generate_series(1, ${favouritesMax - 2}::int)`.execute(
    database.db,
  )
  const products = [await market.newProduct(team), await market.newProduct(team)]
  const results = await Promise.allSettled(products.map(({ id }) => keep(buyer, id)))
  expect(results.map(each => each.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await favourite.count(ctxOf(buyer), {})).toEqual({ count: favouritesMax })
})

test('what does not exist cannot be kept', async () => {
  await expect(keep(await market.newUser(), newId())).rejects.toThrow('product.not_found')
})
