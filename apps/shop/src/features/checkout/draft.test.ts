import type { CouponChoice } from '@kaibo/contract/offer/price'
import type { OrderPreview } from '@kaibo/contract/trade/order'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { basketOf, newDraft, requestOf, toggleCoupon, without } from './draft.ts'

const line = (skuId: string, shopId: string) => ({ skuId, quantity: 2, shopId, title: skuId })
const draft = newDraft([line('a', 's1'), line('b', 's2'), line('c', 's1')], {
  source: { kind: 'live', id: 'room' },
  roomToken: 'token',
})
const coupon = (id: string, changes: Partial<CouponChoice> = {}): CouponChoice => ({
  id,
  title: id,
  shopId: 's1',
  isChosen: false,
  offFen: fen(100),
  problem: null,
  missingFen: fen(0),
  ...changes,
})
const part = (id: string) => ({
  shop: { id, name: id },
  lines: [],
  itemsFen: fen(4_000),
  discountFen: fen(0),
  shippingFen: fen(500),
  payableFen: fen(4_500),
})
const preview: OrderPreview = {
  shops: [part('s1'), part('s2')],
  coupons: [coupon('x', { isChosen: true }), coupon('y')],
  points: { balance: 900, usableMax: 800, used: 800, offFen: fen(800) },
  itemsFen: fen(8_000),
  discountFen: fen(0),
  shippingFen: fen(1_000),
  payableFen: fen(9_000),
  needsAddress: true,
  noReturnSkuIds: [],
}

test('a checkout has one order per shop, with ids that stay', () => {
  expect(Object.keys(draft.orderIds)).toEqual(['s1', 's2'])
  const agreed = { addressId: 'home', preview, notes: { s2: ' 轻放 ' }, agreesNoReturn: false }
  const request = requestOf(draft, agreed)
  expect(request.orders).toEqual([
    { id: draft.orderIds.s1, shopId: 's1', note: '' },
    { id: draft.orderIds.s2, shopId: 's2', note: '轻放' },
  ])
  expect(requestOf(draft, agreed)).toEqual(request)
  expect(request).toMatchObject({
    lines: [{ skuId: 'a' }, { skuId: 'b' }, { skuId: 'c' }],
    couponIds: ['x'],
    pointsUsed: 800,
    addressId: 'home',
    roomToken: 'token',
    expectedPayableFen: 9_000,
  })
})

test('nothing to send needs no address', () => {
  const virtual = { ...preview, needsAddress: false }
  const agreed = { addressId: 'home', preview: virtual, notes: {}, agreesNoReturn: true }
  expect(requestOf(draft, agreed).addressId).toBeNull()
})

test('the price is asked without titles and shops', () => {
  const basket = basketOf(draft, { addressId: null, couponIds: null, usesPoints: false })
  expect(basket.lines[0]).toEqual({ skuId: 'a', quantity: 2, bundleId: null })
})

test('what cannot be bought is left out, and nothing is left of nothing', () => {
  expect(without(draft, ['a', 'c'])?.lines.map(each => each.skuId)).toEqual(['b'])
  expect(without(draft, ['a', 'b', 'c'])).toBeNull()
})

test('a coupon is put on and taken off; one that does not stack takes the place of its shop’s', () => {
  const coupons = [
    coupon('x', { isChosen: true }),
    coupon('p', { isChosen: true, shopId: null }),
    coupon('y', { problem: 'does_not_stack' }),
    coupon('z'),
  ]
  expect(toggleCoupon(coupons, 'x')).toEqual(['p'])
  expect(toggleCoupon(coupons, 'z')).toEqual(['x', 'p', 'z'])
  expect(toggleCoupon(coupons, 'y')).toEqual(['p', 'y'])
})
