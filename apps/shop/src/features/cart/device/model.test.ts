import type { DeviceLine } from '@kaibo/contract/trade/cart'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { added, changed, type DeviceCart, parsedCart, removed, replaced } from './model.ts'

const line = (skuId: string, quantity = 1): DeviceLine => ({
  skuId,
  quantity,
  isSelected: true,
  addedPriceFen: fen(100),
  source: { kind: 'shop', id: null },
})
const cartOf = (...lines: DeviceLine[]): DeviceCart => ({ id: 'c', lines })
const shown = (cart: DeviceCart) => cart.lines.map(each => [each.skuId, each.quantity])

test('goods lie on top, and more of the same adds up to the cap', () => {
  const cart = added(added(cartOf(line('a')), line('b', 2)), line('a', 3))
  expect(shown(cart)).toEqual([
    ['b', 2],
    ['a', 4],
  ])
  expect(shown(added(cart, line('a', 999)))).toContainEqual(['a', 999])
})

test('a full cart takes more of the same, but nothing new', () => {
  const full = cartOf(...Array.from({ length: 120 }, (_, index) => line(String(index))))
  expect(added(full, line('new')).lines).toHaveLength(120)
  expect(added(full, line('7')).lines[7]?.quantity).toBe(2)
})

test('another variant takes the place of the first, and joins its like', () => {
  const cart = cartOf(line('a', 2), line('b', 3))
  const to = { skuId: 'b', quantity: 2, addedPriceFen: fen(90) }
  expect(shown(replaced(cart, 'a', to))).toEqual([['b', 5]])
  const other = { ...to, skuId: 'c', quantity: 4 }
  expect(shown(replaced(cart, 'a', other))).toEqual([
    ['c', 4],
    ['b', 3],
  ])
})

test('lines are unmarked and taken out', () => {
  const cart = changed(cartOf(line('a'), line('b')), ['a'], { isSelected: false })
  expect(cart.lines.map(each => each.isSelected)).toEqual([false, true])
  expect(shown(removed(cart, ['a', 'x']))).toEqual([['b', 1]])
})

test('what is no cart is none', () => {
  expect(parsedCart(null)).toBeNull()
  expect(parsedCart('{')).toBeNull()
  expect(parsedCart('{"id":1,"lines":[]}')).toBeNull()
  expect(parsedCart('{"id":"c","lines":[{"skuId":"a"}]}')).toBeNull()
  expect(parsedCart(JSON.stringify(cartOf(line('a'))))).toEqual(cartOf(line('a')))
})
