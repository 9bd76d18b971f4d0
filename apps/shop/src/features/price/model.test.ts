import type { PricedLine } from '@kaibo/contract/offer/price'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { listFen, savedFen, savingsOf } from './model.ts'

const line = (changes: Partial<PricedLine>): PricedLine => ({
  productId: 'p',
  skuId: 'k',
  title: '茶',
  spec: {},
  pictureUrl: null,
  listPriceFen: fen(1_000),
  unitPriceFen: fen(1_000),
  quantity: 2,
  parts: [],
  payableFen: fen(2_000),
  isGift: false,
  bundleId: null,
  ...changes,
})
const part = (title: string, offFen: number) => ({
  kind: 'full_reduction' as const,
  offerId: title,
  title,
  offFen: fen(offFen),
})

test('an offer over several lines is one saving, and the greatest comes first', () => {
  const lines = [
    line({ parts: [part('满 100 减 10', 400), part('新人券', 500)] }),
    line({ parts: [part('满 100 减 10', 600)] }),
  ]
  expect(savingsOf(lines).map(({ title, offFen }) => [title, offFen])).toEqual([
    ['满 100 减 10', 1_000],
    ['新人券', 500],
  ])
  expect(listFen(lines)).toBe(4_000)
  expect(savedFen(lines)).toBe(1_500)
})

test('a gift is neither goods nor a saving', () => {
  const gift = line({ isGift: true, payableFen: fen(0), parts: [part('满赠', 2_000)] })
  expect([listFen([gift]), savedFen([gift])]).toEqual([0, 0])
})
