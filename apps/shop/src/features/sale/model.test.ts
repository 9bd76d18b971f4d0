import type { FlashSaleCard } from '@kaibo/contract/offer/flashsale'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { nextChangeMs, saleOfProduct, salesAt } from './model.ts'

const startMs = Date.parse('2026-11-22T12:00:00Z')
const card = (items: { skuId: string; priceFen: number; leftCount: number }[]): FlashSaleCard => ({
  id: 'sale',
  shopId: 'shop',
  title: '整点秒杀',
  channel: 'everywhere',
  liveId: null,
  startsAt: new Date(startMs).toISOString(),
  endsAt: new Date(startMs + 60_000).toISOString(),
  items: items.map(item => ({
    ...item,
    id: item.skuId,
    priceFen: fen(item.priceFen),
    productId: 'tea',
    title: '龙井',
    spec: {},
    pictureUrl: null,
    listPriceFen: fen(6_800),
    quota: 10,
    perPersonMax: null,
  })),
})
const tea = card([{ skuId: 'a', priceFen: 4_900, leftCount: 3 }])

test.each([
  [-1, 'coming', 0],
  [0, 'running', 60_000],
  [59_999, 'running', 60_000],
])('%i ms after the start a sale is %s', (afterMs, state, untilMs) => {
  const sale = salesAt([tea], startMs + afterMs).get('a')
  expect(sale).toMatchObject({ state, untilMs: startMs + untilMs })
})

test('a sale that is over is none', () => {
  expect(salesAt([tea], startMs + 60_000).size).toBe(0)
  expect(nextChangeMs([tea], startMs + 60_000)).toBeNull()
})

test('the pages change by themselves at the start and at the end', () => {
  expect(nextChangeMs([tea], startMs - 5_000)).toBe(startMs)
  expect(nextChangeMs([tea], startMs)).toBe(startMs + 60_000)
})

test('of a product the cheapest that can still be had is shown', () => {
  const sales = salesAt(
    [
      card([
        { skuId: 'a', priceFen: 3_900, leftCount: 0 },
        { skuId: 'b', priceFen: 5_900, leftCount: 1 },
        { skuId: 'c', priceFen: 4_900, leftCount: 1 },
      ]),
    ],
    startMs,
  )
  expect(saleOfProduct(sales, 'tea')?.item.skuId).toBe('c')
  expect(sales.get('a')?.state).toBe('sold_out')
  expect(saleOfProduct(sales, 'cup')).toBeUndefined()
})
