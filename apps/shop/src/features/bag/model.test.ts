import type { Bag, BagItem } from '@kaibo/contract/show/showcase'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { bagRows, found, touchesBag } from './model.ts'

const item = (number: number, product: Partial<BagItem['product']> = {}): BagItem => ({
  number,
  product: {
    id: `p${number}`,
    shopId: 's',
    title: `第 ${number} 件`,
    subtitle: '',
    pictureUrl: null,
    state: 'on_shelf',
    priceFromFen: fen(100),
    priceToFen: fen(100),
    strikeFen: null,
    categoryId: null,
    brandId: null,
    isVirtual: false,
    available: 5,
    skuCount: 1,
    ...product,
  },
})
const bag = (items: BagItem[], explained?: BagItem): Bag => ({
  version: 1,
  items,
  explaining: explained ? { item: explained, since: '2026-03-01T12:00:00.000Z' } : null,
})

test('the explained product leads the bag, the others keep their numbers', () => {
  const [one, two, three] = [item(1), item(2), item(3)]
  const rows = bagRows(bag([one, two, three], two))
  expect(rows.map(row => row.item.number)).toEqual([2, 1, 3])
  expect(rows.map(row => row.isExplained)).toEqual([true, false, false])
})

test('what is sold out or off the shelf says so', () => {
  const rows = bagRows(bag([item(1, { available: 0 }), item(2, { state: 'off_shelf' })]))
  expect(rows.map(({ isSoldOut, isOff }) => [isSoldOut, isOff])).toEqual([
    [true, false],
    [false, true],
  ])
})

test('stock of other products leaves the bag alone', () => {
  expect(touchesBag(bag([item(1)]), [{ productId: 'p1' }])).toBe(true)
  expect(touchesBag(bag([item(1)]), [{ productId: 'p2' }])).toBe(false)
  expect(touchesBag(undefined, [{ productId: 'p1' }])).toBe(false)
})

test('a product is found by the number said aloud, and by words of its title', () => {
  const rows = bagRows(bag([item(1), item(2, { title: 'Spring Tea 12' }), item(12)]))
  const numbers = (words: string) => found(rows, words).map(row => row.item.number)
  expect(numbers('12')).toEqual([2, 12])
  expect(numbers(' tea ')).toEqual([2])
  expect(numbers('')).toEqual([1, 2, 12])
})
