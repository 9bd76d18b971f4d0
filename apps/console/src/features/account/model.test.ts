import { expect, test } from 'vitest'
import { type MyShop, mayDo, shopToWorkFor } from './model.ts'

const tea: MyShop = { id: 'tea', name: '山野茶事', role: 'owner' }
const pots: MyShop = { id: 'pots', name: '陶器行', role: 'clerk' }
const user = (...roles: Parameters<typeof mayDo>[0]['user']['roles']) => ({ roles })

test('a clerk ships orders but does not see the balance', () => {
  const person = { user: user('user', 'clerk'), shop: pots }
  expect(mayDo(person, 'order.manage')).toBe(true)
  expect(mayDo(person, 'ledger.read')).toBe(false)
})

test('owning one shop gives no rights in another', () => {
  expect(mayDo({ user: user('user', 'owner', 'clerk'), shop: pots }, 'shop.manage')).toBe(false)
  expect(mayDo({ user: user('user', 'owner', 'clerk'), shop: tea }, 'shop.manage')).toBe(true)
})

test('an operator reads the platform with or without a shop', () => {
  expect(mayDo({ user: user('user', 'operator'), shop: null }, 'platform.read')).toBe(true)
  expect(mayDo({ user: user('user', 'operator'), shop: null }, 'order.manage')).toBe(false)
  expect(mayDo({ user: user('user'), shop: tea }, 'platform.read')).toBe(false)
})

test('the shop chosen last stays chosen until it is no longer theirs', () => {
  expect(shopToWorkFor([tea, pots], 'pots')).toBe(pots)
  expect(shopToWorkFor([tea], 'pots')).toBe(tea)
  expect(shopToWorkFor([], 'pots')).toBeNull()
})
