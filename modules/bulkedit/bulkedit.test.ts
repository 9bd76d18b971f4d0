import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'

const { database } = await testDatabase()
const market = createMarket(database)
const team = await market.newShop()
const { shopId } = team
const clerk = ctxOf(team.clerk)

test('many at once: each whole or not at all, and who is refused is told why', async () => {
  const products = [8_900, 1].map(priceFen => market.newProduct(team, { skus: [{ priceFen }] }))
  const [one, two] = await Promise.all(products.map(async product => (await product).id))
  const ids = [one ?? '', two ?? '', newId()]
  const halved = { shopId, ids, change: { priceBps: -9_000, shelf: 'off_shelf' as const } }
  expect(await market.bulkedit.handlers.bulk(clerk, halved)).toEqual({
    rows: [
      { id: ids[0], problem: null },
      { id: ids[1], problem: 'product.price_out_of_range' },
      { id: ids[2], problem: 'product.not_found' },
    ],
  })
  const own = (id = '') => market.catalog.handlers.manageView(clerk, { shopId, id })
  expect(await own(one)).toMatchObject({ state: 'off_shelf', skus: [{ priceFen: 890 }] })
  expect(await own(two)).toMatchObject({ state: 'on_shelf', skus: [{ priceFen: 1 }] })
})
