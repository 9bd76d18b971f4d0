import type { NewCouponTemplate } from '@kaibo/contract/offer/coupon'
import { dayMs } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import type { OfferUse } from '@kaibo/modules/price'
import { expect, test } from 'vitest'
import { type CopyFacts, decideLocks, decideTerms } from './rules.ts'

const now = new Date('2026-11-22T04:00:00Z')
const at = (days: number) => new Date(now.getTime() + days * dayMs).toISOString()
const sound: NewCouponTemplate = {
  id: newId(),
  title: '满 100 减 20',
  off: { fen: fen(2_000) },
  thresholdFen: fen(10_000),
  scope: { only: 'all', ids: [] },
  validity: { from: at(0), until: at(10) },
  withActivity: false,
  totalCount: 100,
  perPersonMax: 1,
  claimFrom: at(-1),
  claimUntil: at(5),
  group: '',
  code: null,
}

test.each<[string, Partial<NewCouponTemplate>]>([
  ['as it is', {}],
  ['days after the claim', { validity: { days: 30 } }],
  ['without a threshold', { thresholdFen: fen(0) }],
  ['percent without a cap', { off: { bps: 2_000, maxFen: null } }],
  ['for two categories', { scope: { only: 'categories', ids: [newId(), newId()] } }],
])('a coupon makes sense %s', (_, change) => {
  expect(() => decideTerms({ ...sound, ...change }, now)).not.toThrow()
})

test.each<[string, Partial<NewCouponTemplate>, string]>([
  ['claimed before it begins', { claimFrom: at(5), claimUntil: at(4) }, 'claimUntil'],
  ['claimed only in the past', { claimFrom: at(-5), claimUntil: at(-1) }, 'claimUntil'],
  ['that ends before it begins', { validity: { from: at(9), until: at(8) } }, 'validity'],
  ['claimed after it has expired', { validity: { from: at(0), until: at(4) } }, 'validity'],
  ['of nothing', { off: { fen: fen(0) } }, 'off'],
  ['of more than its threshold', { off: { fen: fen(10_001) } }, 'thresholdFen'],
  ['of a percentage of nothing', { off: { bps: 500, maxFen: fen(0) } }, 'off'],
  ['for all and for some goods', { scope: { only: 'all', ids: [newId()] } }, 'scope'],
  ['for no goods', { scope: { only: 'brands', ids: [] } }, 'scope'],
])('there is no coupon %s', (_, change, field) => {
  expect(() => decideTerms({ ...sound, ...change }, now)).toThrow(
    expect.objectContaining({ code: 'coupon.terms_invalid', data: { field } }),
  )
})

const [ann, bob] = [newId(), newId()]
const copyOf = (change: Partial<CopyFacts> = {}): CopyFacts => ({
  id: newId(),
  userId: ann,
  state: 'usable',
  checkoutId: null,
  isValid: true,
  ...change,
})
const useOf = (copy: CopyFacts, change: Partial<OfferUse> = {}): OfferUse => ({
  orderId: newId(),
  checkoutId: newId(),
  buyerId: ann,
  kind: 'coupon',
  offerId: copy.id,
  offFen: fen(100),
  quantity: 1,
  points: 0,
  ...change,
})
const decide = (copies: CopyFacts[], uses: OfferUse[]) =>
  decideLocks(new Map(copies.map(copy => [copy.id, copy])), uses)

test.each<[string, Partial<CopyFacts>, Partial<OfferUse>, boolean]>([
  ['of the buyer', {}, {}, true],
  ['of somebody else', { userId: bob }, {}, false],
  ['that is not valid now', { isValid: false }, {}, false],
  ['that is used', { state: 'used', checkoutId: bob }, {}, false],
  ['that another checkout holds', { state: 'locked', checkoutId: bob }, {}, false],
  ['that this checkout holds', { state: 'locked', checkoutId: bob }, { checkoutId: bob }, true],
])('an order takes a copy %s: %s', (_, copyChange, useChange, isGranted) => {
  const copy = copyOf(copyChange)
  const use = useOf(copy, useChange)
  const refused = [{ orderId: use.orderId, code: 'price.coupon_unusable' }]
  expect(decide([copy], [use])).toEqual(
    isGranted ? { granted: [use], refused: [] } : { granted: [], refused },
  )
})

test('a copy goes to the first checkout, and to all of its orders', () => {
  const copy = copyOf()
  const [first, second] = [newId(), newId()]
  const mine = [useOf(copy, { checkoutId: first }), useOf(copy, { checkoutId: first })]
  const late = useOf(copy, { checkoutId: second })
  const { granted, refused } = decide([copy], [...mine, late])
  expect(granted).toEqual(mine)
  expect(refused.map(each => each.orderId)).toEqual([late.orderId])
})

test('a checkout takes all of its copies or none', () => {
  const [good, bad] = [copyOf(), copyOf({ isValid: false })]
  const checkoutId = newId()
  const next = useOf(good)
  const { granted, refused } = decide(
    [good, bad],
    [useOf(good, { checkoutId }), useOf(bad, { checkoutId }), next],
  )
  expect(granted).toEqual([next])
  expect(refused).toHaveLength(2)
})
