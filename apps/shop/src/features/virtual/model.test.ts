import type { VirtualGoods } from '@kaibo/contract/trade/virtual'
import { expect, test } from 'vitest'
import { mayChange, statusOf } from './model.ts'

const slot = {
  ...{ id: 's', skuId: 'k', place: '', capacity: 2, taken: 1 },
  startsAt: '2026-11-23T10:00:00.000Z',
  endsAt: '2026-11-23T11:00:00.000Z',
}
const goods: VirtualGoods = {
  ...{ lineId: 'l', skuId: 'k', quantity: 1, kind: 'booking', state: 'waiting' },
  ...{ codes: [], slot: null, cancelUntil: null, refundRule: '' },
}

test('a booking is to be chosen, then booked, then used; codes come soon', () => {
  expect(statusOf({ ...goods, state: 'unpaid' })).toBe('unpaid')
  expect(statusOf(goods)).toBe('choose')
  expect(statusOf({ ...goods, slot })).toBe('booked')
  expect(statusOf({ ...goods, slot, state: 'delivered' })).toBe('delivered')
  expect(statusOf({ ...goods, kind: 'code' })).toBe('soon')
})

test('a booking can be changed until its deadline, by the clock of the server', () => {
  const cancelUntil = '2026-11-23T08:00:00.000Z'
  const at = (now: string) => ({ state: 'paid' as const, now })
  expect(mayChange({ ...goods, cancelUntil }, at('2026-11-23T07:59:59.000Z'))).toBe(true)
  expect(mayChange({ ...goods, cancelUntil }, at('2026-11-23T08:00:00.000Z'))).toBe(false)
  expect(mayChange({ ...goods, state: 'delivered' }, at('2026-11-23T07:00:00.000Z'))).toBe(false)
})
