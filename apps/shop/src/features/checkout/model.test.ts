import type { Address } from '@kaibo/contract/account'
import type { OrderPreview } from '@kaibo/contract/order'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { addressText, type Draft, firstAddress, requestOf } from './model.ts'

const address = (id: string, isDefault = false): Address => ({
  id,
  name: '小林',
  phone: '13800000001',
  province: '浙江省',
  city: '杭州市',
  district: '',
  detail: '龙井路 1 号',
  isDefault,
})
const totals = {
  itemsFen: fen(9_000),
  discountFen: fen(0),
  shippingFen: fen(1_000),
  payableFen: fen(10_000),
}
const preview: OrderPreview = {
  shops: [{ shop: { id: 's', name: '山岚小铺' }, lines: [], ...totals }],
  coupons: [],
  points: { balance: 0, usableMax: 0, used: 0, offFen: fen(0) },
  needsAddress: true,
  noReturnSkuIds: [],
  ...totals,
}
const draft: Draft = {
  id: 'order-1',
  lines: [{ skuId: 'k', quantity: 2 }],
  source: { kind: 'live', id: 'room' },
}

test('an order is placed under its own id, at the total that the buyer saw', () => {
  expect(requestOf(draft, { addressId: 'a', note: '  轻拿轻放 ', preview })).toEqual({
    orders: [{ id: 'order-1', shopId: 's', note: '轻拿轻放' }],
    lines: [{ skuId: 'k', quantity: 2 }],
    source: { kind: 'live', id: 'room' },
    addressId: 'a',
    couponIds: [],
    pointsUsed: 0,
    agreesNoReturn: false,
    expectedPayableFen: 10_000,
  })
})

test('checkout begins with the default address, else with the first', () => {
  expect(firstAddress([address('a'), address('b', true)])?.id).toBe('b')
  expect(firstAddress([address('a'), address('b')])?.id).toBe('a')
  expect(firstAddress([])).toBeUndefined()
  expect(firstAddress(undefined)).toBeUndefined()
})

test('an address without a district reads without a gap', () => {
  expect(addressText(address('a'))).toBe('浙江省 杭州市 龙井路 1 号')
})
