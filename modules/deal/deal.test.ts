import { systemClock } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { basisPoints, fen } from '@kaibo/kernel/money'
import type { SkuFacts } from '@kaibo/modules/catalog'
import { createPrice, type Offer } from '@kaibo/modules/price'
import { basketOf, lineOf, priceSku } from '@kaibo/testkit/baskets'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, visitor } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'
import { createDeal } from './index.ts'

const { database } = await testDatabase()

const sku = (facts: Partial<SkuFacts> = {}): SkuFacts => ({
  ...priceSku({ priceFen: fen(10_000) }),
  ...{ versionId: newId(), state: 'on_shelf', regionCodes: null, mayReturn: true },
  ...{ categoryIds: [], tagIds: [] },
  ...facts,
})
const named = () => ({ offerId: newId(), title: '活动' })
const flash = ({ skuId }: SkuFacts, priceFen: number): Offer => ({
  ...named(),
  ...{ stage: 'activity', kind: 'flash_sale', skuId, unitPriceFen: fen(priceFen) },
  ...{ poolId: null, limitPerBuyer: 1 },
})
const discount = ({ skuId }: SkuFacts, priceFen: number): Offer => ({
  ...named(),
  ...{ stage: 'unit', kind: 'limited_discount', skuId, unitPriceFen: fen(priceFen), stacks: false },
})

/** What the list is told about these goods while these offers run. */
async function dealsOf(skus: readonly SkuFacts[], offers: readonly Offer[]) {
  const price = createPrice({
    sources: [{ name: 'test', offersFor: async (_db, asks) => asks.map(() => [...offers]) }],
  })
  const catalog = {
    skusOfProducts: async (_db: unknown, ids: readonly string[]) =>
      skus.filter(each => ids.includes(each.productId)),
  }
  const { handlers } = createDeal({ database, clock: systemClock, catalog, price })
  const productIds = [...new Set(skus.map(each => each.productId))].join(',')
  const { items } = await handlers.ofProducts(ctxOf(visitor), { productIds })
  return { items, price }
}

test('a deal is what one of it costs at the checkout', async () => {
  const [tea, cup, tray] = [sku(), sku(), sku()]
  const offers = [discount(tea, 8_000), flash(tea, 7_000), discount(cup, 9_000)]
  const { items, price } = await dealsOf([tea, cup, tray], offers)
  expect(items).toEqual([
    {
      ...{ productId: tea.productId, kind: 'flash_sale', priceFen: 7_000 },
      ...{ listPriceFen: 10_000, isFrom: false },
    },
    {
      ...{ productId: cup.productId, kind: 'limited_discount', priceFen: 9_000 },
      ...{ listPriceFen: 10_000, isFrom: false },
    },
  ])
  for (const { productId, priceFen } of items) {
    const lines = [tea, cup].filter(each => each.productId === productId).map(each => lineOf(each))
    expect(price.decide(basketOf(lines, offers)).payableFen).toBe(priceFen)
  }
})

test('what depends on a basket is no deal', async () => {
  const tea = sku()
  const reduction: Offer = {
    ...named(),
    ...{ stage: 'reduction', kind: 'full_reduction', shopId: tea.shopId },
    ...{ scope: { only: 'all', ids: [] }, by: 'amount', repeats: false },
    tiers: [{ threshold: 100, off: { bps: basisPoints(1_000), maxFen: null }, gifts: [] }],
  }
  expect((await dealsOf([tea], [reduction])).items).toEqual([])
})

test('the cheapest variant on the shelf is shown', async () => {
  const productId = newId()
  const small = sku({ productId, priceFen: fen(3_000) })
  const big = sku({ productId })
  const gone = sku({ productId, state: 'off_shelf' })
  const variants = [small, big, gone]
  const dear = await dealsOf(variants, [flash(big, 4_000), flash(gone, 100)])
  expect(dear.items).toEqual([])
  const cheap = await dealsOf(variants, [flash(big, 2_000), flash(gone, 100)])
  expect(cheap.items).toMatchObject([{ priceFen: 2_000, listPriceFen: 10_000, isFrom: true }])
})
