import { expect, test } from 'vitest'
import { currentShop, hostedShops, type MyShop, may } from './model.ts'

const tea: MyShop = { id: 'tea', name: '山野茶事', role: 'owner' }
const wool: MyShop = { id: 'wool', name: '羊毛小铺', role: 'host' }
const pots: MyShop = { id: 'pots', name: '陶器行', role: 'clerk' }

test('owners and hosts go live for their shops, clerks do not', () => {
  expect(hostedShops([tea, wool, pots])).toEqual([tea, wool])
})

test('a host sees no order figures, the owner does', () => {
  expect(may(wool, 'order.manage')).toBe(false)
  expect(may(tea, 'order.manage')).toBe(true)
})

test('the shop chosen last stays chosen until it is no longer theirs', () => {
  expect(currentShop([tea, wool], 'wool')).toBe(wool)
  expect(currentShop([tea], 'wool')).toBe(tea)
  expect(currentShop([], 'wool')).toBeUndefined()
})
