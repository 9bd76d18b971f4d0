import type { Cart, CartLine } from '@kaibo/contract/trade/cart'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { draftLines, priceMoveFen, shelfTotalFen, sourceOf, tooMuch, withPending } from './model.ts'

const line = (skuId: string, changes: Partial<CartLine> = {}): CartLine => ({
  skuId,
  productId: `p-${skuId}`,
  title: `茶 ${skuId}`,
  spec: {},
  pictureUrl: null,
  quantity: 2,
  isSelected: true,
  priceFen: fen(1_000),
  addedPriceFen: fen(1_200),
  available: 5,
  quantityMax: 5,
  problem: null,
  source: { kind: 'shop', id: null },
  ...changes,
})
const cartOf = (...lines: CartLine[]): Cart => ({
  shops: [{ shop: { id: 's', name: '山岚小铺' }, lines }],
  invalid: [],
  count: lines.length,
})

test('only what is marked and can be ordered goes to the checkout and counts', () => {
  const cart = cartOf(
    line('a'),
    line('b', { isSelected: false }),
    line('c', { quantity: 9, problem: 'short' }),
  )
  expect(draftLines(cart)).toEqual([{ skuId: 'a', quantity: 2, title: '茶 a', shopId: 's' }])
  expect(shelfTotalFen(cart)).toBe(2_000)
})

test('a quantity on its way is judged at once', () => {
  const cart = cartOf(line('a', { quantity: 9, problem: 'short' }), line('b'))
  const [lines] = withPending(cart, { a: { quantity: 5 }, b: { quantity: 6 } }).shops
  expect(lines?.lines.map(each => [each.quantity, each.problem])).toEqual([
    [5, null],
    [6, 'short'],
  ])
})

test('a line that is being taken out is gone at once, and its empty shop too', () => {
  expect(withPending(cartOf(line('a')), { a: { isGone: true } }).shops).toEqual([])
})

test('a sale has the source of all its lines, else the shop pages', () => {
  const live = { kind: 'live' as const, id: 'room' }
  expect(sourceOf(cartOf(line('a', { source: live }), line('b', { source: live })))).toEqual(live)
  const mixed = cartOf(line('a', { source: live }), line('b'))
  expect(sourceOf(mixed)).toEqual({ kind: 'shop', id: null })
})

test('a checkout takes a hundred lines of twenty shops', () => {
  const many = (count: number, shopCount: number) =>
    Array.from({ length: count }, (_, index) => ({
      skuId: String(index),
      quantity: 1,
      title: '',
      shopId: String(index % shopCount),
    }))
  expect(tooMuch(many(100, 20))).toBeNull()
  expect(tooMuch(many(101, 20))).toBe('lines')
  expect(tooMuch(many(21, 21))).toBe('shops')
})

test('a price that fell since it was put in is below zero', () => {
  expect(priceMoveFen(line('a'))).toBe(-200)
})
