import { expect, test } from 'vitest'
import { currentShop, deskShops, type MyShop, may } from './model.ts'

const tea: MyShop = { id: 'tea', name: '山野茶事', role: 'owner' }
const wool: MyShop = { id: 'wool', name: '羊毛小铺', role: 'host' }
const pots: MyShop = { id: 'pots', name: '陶器行', role: 'clerk' }
const cups: MyShop = { id: 'cups', name: '杯子铺', role: 'moderator' }

test('owners, hosts and who keeps order have a place in the rooms, clerks have none', () => {
  expect(deskShops([tea, wool, pots, cups])).toEqual([tea, wool, cups])
})

test('a moderator keeps order, but neither goes live nor sees the numbers', () => {
  expect(may(cups, 'room.moderate')).toBe(true)
  expect(may(cups, 'live.host')).toBe(false)
  expect(may(cups, 'room.assist')).toBe(false)
})

test('the shop chosen last stays chosen until it is no longer theirs', () => {
  expect(currentShop([tea, wool], 'wool')).toBe(wool)
  expect(currentShop([tea], 'wool')).toBe(tea)
  expect(currentShop([], 'wool')).toBeUndefined()
})
