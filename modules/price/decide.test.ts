import { type Id, newId } from '@kaibo/kernel/ids'
import { basisPoints, fen } from '@kaibo/kernel/money'
import { basketOf, lineOf, priceSku } from '@kaibo/testkit/baskets'
import { expect, test } from 'vitest'
import { createPrice } from './index.ts'
import type {
  ActivityOffer,
  BundleOffer,
  BuyGiftOffer,
  CouponOffer,
  Off,
  PointsOffer,
  PriceSku,
  ReductionOffer,
  UnitOffer,
} from './offer.ts'
import type { Quote } from './quote.ts'

const { decide, giftSkuIds } = createPrice({ sources: [] })
const shopId = newId()
const goods = (price: number) => priceSku({ shopId, priceFen: fen(price * 100) })
const [tea, cup, pot] = [goods(100), goods(50), goods(30)] as const

const all = { only: 'all' } as const
const share = (bps: number, maxFen: number | null = null): Off => ({
  bps: basisPoints(bps),
  maxFen: maxFen === null ? null : fen(maxFen),
})
const yuan = (amount: number) => fen(Math.round(amount * 100))
const off = (amount: number): Off => ({ fen: yuan(amount) })
const named = () => ({ offerId: newId(), title: '活动' })
const unit = (sku: PriceSku, price: number, more: Partial<UnitOffer> = {}): UnitOffer => ({
  ...named(),
  stage: 'unit',
  kind: 'limited_discount',
  skuId: sku.skuId,
  unitPriceFen: yuan(price),
  stacks: false,
  ...more,
})
const flash = (sku: PriceSku, price: number, more: Partial<ActivityOffer> = {}): ActivityOffer => ({
  ...named(),
  stage: 'activity',
  kind: 'flash_sale',
  skuId: sku.skuId,
  unitPriceFen: yuan(price),
  poolId: newId(),
  limitPerBuyer: null,
  ...more,
})
const reduction = (
  tiers: [threshold: number, off: Off | null][],
  more: Partial<ReductionOffer> = {},
): ReductionOffer => ({
  ...named(),
  stage: 'reduction',
  kind: 'full_reduction',
  shopId,
  scope: all,
  by: 'amount',
  repeats: false,
  tiers: tiers.map(([threshold, tierOff]) => ({ threshold, off: tierOff, gifts: [] })),
  ...more,
})
const coupon = (couponOff: Off, more: Partial<CouponOffer> = {}): CouponOffer => ({
  ...named(),
  stage: 'coupon',
  kind: 'coupon',
  shopId,
  scope: all,
  thresholdFen: fen(0),
  off: couponOff,
  group: 'shop',
  withActivity: false,
  problem: null,
  ...more,
})
const points = (more: Partial<PointsOffer> = {}): PointsOffer => ({
  ...named(),
  stage: 'points',
  kind: 'points',
  balance: 10_000,
  pointsPerYuan: 100,
  shareMaxBps: basisPoints(5_000),
  ...more,
})
const bundle = (items: [PriceSku, number][], price: number): BundleOffer => ({
  ...named(),
  stage: 'bundle',
  kind: 'bundle',
  shopId,
  items: items.map(([sku, quantity]) => ({ skuId: sku.skuId, quantity })),
  priceFen: yuan(price),
})
const buyGift = (gift: PriceSku, more: Partial<BuyGiftOffer> = {}): BuyGiftOffer => ({
  ...named(),
  stage: 'gift',
  kind: 'buy_gift',
  shopId,
  scope: all,
  buyCount: 2,
  gifts: [{ skuId: gift.skuId, quantity: 1 }],
  timesMax: 10,
  ...more,
})

const lineFens = (quote: Quote) =>
  quote.shops.flatMap(shop => shop.lines.map(line => line.payableFen))
const kindsOf = (quote: Quote) =>
  quote.shops.flatMap(shop => shop.lines.map(line => line.parts.map(part => part.kind)))
const thrown = (code: string) => expect.objectContaining({ code })

test('without offers goods cost what they cost on the shelf', () => {
  const quote = decide(basketOf([lineOf(tea, 2), lineOf(cup)]))
  expect(quote).toMatchObject({ itemsFen: 25_000, discountFen: 0, payableFen: 25_000, uses: [] })
})

test('the same goods asked for twice are one line', () => {
  const quote = decide(basketOf([lineOf(tea), lineOf(cup), lineOf(tea)]))
  expect(quote.shops[0]?.lines.map(line => line.quantity)).toEqual([2, 1])
})

test('each stage works on what the stage before left, in the order of the rules', () => {
  const quote = decide(
    basketOf(
      [lineOf(tea, 2)],
      [
        points(),
        coupon(share(1_000)),
        reduction([[15_000, off(20)]]),
        unit(tea, 90, { kind: 'member_price' }),
        unit(tea, 80),
      ],
      { pointsUsed: 400 },
    ),
  )
  // 2 × 100 → 2 × 80 → −20 → −10 % → −4.00
  expect(kindsOf(quote)).toEqual([['limited_discount', 'full_reduction', 'coupon', 'points']])
  expect(quote.shops[0]?.lines[0]).toMatchObject({ listPriceFen: 10_000, unitPriceFen: 8_000 })
  expect(quote).toMatchObject({ payableFen: 12_200, discountFen: 7_800 })
})

test.each([
  ['the better one counts', false, 80, 90, 80],
  ['the better one counts, whichever it is', false, 90, 70, 70],
  ['both count where one stacks', true, 80, 90, 70],
  ['both together leave one fen', true, 20, 10, 0.01],
])('limited discount and member price: %s', (_, stacks, limited, member, expected) => {
  const offers = [unit(tea, limited, { stacks }), unit(tea, member, { kind: 'member_price' })]
  expect(decide(basketOf([lineOf(tea)], offers)).payableFen).toBe(yuan(expected))
})

test('a price above the shelf changes nothing', () => {
  const quote = decide(basketOf([lineOf(tea)], [unit(tea, 120), flash(tea, 101)]))
  expect(kindsOf(quote)).toEqual([[]])
})

test('an activity price shuts out discounts, reductions, gifts and unmarked coupons', () => {
  const activity = flash(tea, 60, { limitPerBuyer: 2 })
  const offers = [activity, unit(tea, 10), reduction([[1, off(5)]]), buyGift(pot), coupon(off(9))]
  const gifts = [{ sku: pot, available: 9 }]
  const quote = decide(basketOf([lineOf(tea, 2)], offers, { gifts }))
  expect(kindsOf(quote)).toEqual([['flash_sale']])
  expect(quote.shops[0]?.lines[0]).toMatchObject({
    poolId: activity.poolId,
    limits: [{ limitId: activity.offerId, max: 2 }],
  })
  expect(quote.coupons[0]).toMatchObject({ problem: 'does_not_stack', offFen: 0 })
})

test('a marked coupon and points count for an activity price', () => {
  const offers = [flash(tea, 60), coupon(off(10), { withActivity: true }), points()]
  const quote = decide(basketOf([lineOf(tea)], offers, { pointsUsed: 100 }))
  expect(kindsOf(quote)).toEqual([['flash_sale', 'coupon', 'points']])
  expect(quote.payableFen).toBe(4_900)
})

test('the lowest activity price counts, of equal ones that of the room', () => {
  const room = flash(tea, 60, { kind: 'live_price' })
  const offers = [flash(tea, 60), room, flash(tea, 70)]
  expect(decide(basketOf([lineOf(tea)], offers)).uses).toMatchObject([{ offerId: room.offerId }])
})

test('nobody takes more than an activity or a product allows each person', () => {
  const rare = priceSku({ shopId, priceFen: fen(100), limitPerBuyer: 2 })
  expect(() => decide(basketOf([lineOf(rare, 3)]))).toThrow(thrown('price.limit_reached'))
  const activity = flash(tea, 60, { limitPerBuyer: 1 })
  const greedy = basketOf([lineOf(tea, 2)], [activity])
  expect(() => decide(greedy)).toThrow(thrown('price.limit_reached'))
  const quote = decide(basketOf([lineOf(rare, 2)]))
  expect(quote.shops[0]?.lines[0]?.limits).toEqual([{ limitId: rare.productId, max: 2 }])
})

test('a bundle price splits over its components with no fen lost', () => {
  const set = bundle(
    [
      [tea, 1],
      [cup, 2],
      [pot, 1],
    ],
    199.99,
  )
  const inSet = [lineOf(tea, 1, set.offerId), lineOf(cup, 2, set.offerId)]
  const quote = decide(basketOf([...inSet, lineOf(pot, 1, set.offerId), lineOf(pot)], [set]))
  expect(lineFens(quote)).toEqual([8_695, 8_695, 2_609, 3_000])
  expect(quote.uses).toMatchObject([{ kind: 'bundle', offFen: 3_001 }])
})

test.each([
  ['a component is missing', [1, 0]],
  ['quantities are not whole sets', [2, 3]],
])('a bundle is bought whole: %s', (_, [teas = 0, cups = 0]) => {
  const set = bundle(
    [
      [tea, 1],
      [cup, 2],
    ],
    150,
  )
  const lines = [lineOf(tea, teas, set.offerId), lineOf(cup, cups, set.offerId)]
  const asked = basketOf(
    lines.filter(line => line.quantity > 0),
    [set],
  )
  expect(() => decide(asked)).toThrow(thrown('price.bundle_incomplete'))
})

test('a bundle that does not run is over', () => {
  const asked = basketOf([lineOf(tea, 1, newId())])
  expect(() => decide(asked)).toThrow(thrown('price.offer_over'))
})

test.each([
  [1, 0],
  [2, 1],
  [5, 2],
  [40, 10],
])('of %d teas, buy two get one gives %d pots', (bought, given) => {
  const quote = decide(
    basketOf([lineOf(tea, bought)], [buyGift(pot)], { gifts: [{ sku: pot, available: 99 }] }),
  )
  const gifts = quote.shops[0]?.lines.filter(line => line.isGift) ?? []
  expect(gifts.map(line => [line.quantity, line.payableFen])).toEqual(given ? [[given, 0]] : [])
  expect(quote.payableFen).toBe(bought * 10_000)
})

test('what was bought goes before what is given, and a sold-out gift is left out', () => {
  const offers = [buyGift(cup, { gifts: [{ skuId: cup.skuId, quantity: 3 }] })]
  const giftsOf = (available: number) =>
    decide(basketOf([lineOf(cup, 2)], offers, { gifts: [{ sku: cup, available }] }))
      .shops[0]?.lines.filter(line => line.isGift)
      .map(line => line.quantity)
  expect([giftsOf(9), giftsOf(4), giftsOf(2)]).toEqual([[3], [2], []])
  expect(giftSkuIds(offers)).toEqual([cup.skuId])
})

test('a gift of another shop is never given', () => {
  const foreign = priceSku({ priceFen: fen(100) })
  const gifts = [{ sku: foreign, available: 9 }]
  const quote = decide(basketOf([lineOf(tea, 2)], [buyGift(foreign)], { gifts }))
  expect(quote.shops[0]?.lines).toHaveLength(1)
})

const twoTiers: [number, Off][] = [
  [10_000, off(10)],
  [20_000, off(30)],
]
test.each([
  ['below the first tier', 0, 1, 0],
  ['the first tier', 1, 1, 10],
  ['the highest met tier only', 2, 0, 30],
  ['the highest met tier does not repeat', 5, 0, 30],
])('full reduction: %s', (_, teas, cups, expected) => {
  const lines = [lineOf(tea, teas), lineOf(cup, cups)].filter(line => line.quantity > 0)
  expect(decide(basketOf(lines, [reduction(twoTiers)])).discountFen).toBe(yuan(expected))
})

test('a repeating reduction counts as often as its threshold fits in', () => {
  const every = reduction([[10_000, off(10)]], { repeats: true })
  expect(decide(basketOf([lineOf(tea, 3), lineOf(cup)], [every])).discountFen).toBe(3_000)
})

test('a reduction by count looks at pieces in its scope, and gives gifts', () => {
  const byCount = reduction([], {
    by: 'count',
    scope: { only: 'products', ids: [cup.productId] },
    tiers: [{ threshold: 2, off: share(5_000), gifts: [{ skuId: pot.skuId, quantity: 1 }] }],
  })
  const gifts = [{ sku: pot, available: 9 }]
  const quote = decide(basketOf([lineOf(tea), lineOf(cup, 2)], [byCount], { gifts }))
  expect(lineFens(quote)).toEqual([10_000, 5_000, 0])
})

test('reductions that run together cannot cost the buyer each other’s tier', () => {
  const offers = [reduction([[10_000, off(10)]]), reduction([[10_000, off(5)]])]
  expect(decide(basketOf([lineOf(tea)], offers)).payableFen).toBe(8_500)
})

test.each<[string, Partial<CouponOffer>, string | null, number]>([
  ['one that fits', {}, null, 0],
  ['not yet valid', { problem: 'not_started' }, 'not_started', 0],
  ['expired', { problem: 'expired' }, 'expired', 0],
  ['in use by another order', { problem: 'used' }, 'used', 0],
  ['too small a basket', { thresholdFen: fen(12_000) }, 'below_threshold', 2_000],
  ['other goods', { scope: { only: 'brands', ids: [newId()] } }, 'out_of_scope', 0],
  ['another shop', { shopId: newId() }, 'out_of_scope', 0],
])('a coupon says what it is worth or why not: %s', (_, more, problem, missingFen) => {
  const offer = coupon(off(10), more)
  const quote = decide(basketOf([lineOf(tea)], [offer]))
  expect(quote.coupons).toMatchObject([{ problem, missingFen, isChosen: problem === null }])
  if (problem === null) return
  const chosen = basketOf([lineOf(tea)], [offer], { couponIds: [offer.offerId] })
  expect(() => decide(chosen)).toThrow(thrown('price.coupon_unusable'))
})

test('of one group the best coupon is taken, others say what they would take', () => {
  const [small, big] = [coupon(off(5)), coupon(share(2_000, 800))]
  const quote = decide(basketOf([lineOf(tea)], [small, big]))
  expect(quote.coupons).toMatchObject([
    { id: big.offerId, isChosen: true, problem: null, offFen: 800 },
    { id: small.offerId, isChosen: false, problem: 'does_not_stack', offFen: 500 },
  ])
  const both = basketOf([lineOf(tea)], [small, big], { couponIds: [small.offerId, big.offerId] })
  expect(() => decide(both)).toThrow(thrown('price.coupon_unusable'))
})

test('coupons of shop and platform, and of different groups, add up', () => {
  const offers = [
    coupon(off(5)),
    coupon(off(3), { group: 'card' }),
    coupon(off(2), { shopId: null }),
  ]
  expect(decide(basketOf([lineOf(tea)], offers)).discountFen).toBe(1_000)
})

test('none of the coupons is taken when the buyer asks for none', () => {
  const quote = decide(basketOf([lineOf(tea)], [coupon(off(5))], { couponIds: [] }))
  expect(quote).toMatchObject({ payableFen: 10_000, uses: [] })
})

test('where coupons fight for the same fen, the combination that takes off most is found', () => {
  const onTea = { scope: { only: 'products', ids: [tea.productId] } } as const
  const onCup = { scope: { only: 'products', ids: [cup.productId] } } as const
  const offers = [
    coupon(off(100), { ...onTea, group: 'a' }),
    coupon(off(50), { ...onCup, group: 'a' }),
    coupon(off(100), { ...onTea, group: 'b' }),
  ]
  const quote = decide(basketOf([lineOf(tea), lineOf(cup), lineOf(pot)], offers))
  expect(quote.discountFen).toBe(15_000)
})

test('a platform coupon is split over shops, and each order keeps its share', () => {
  const vase = priceSku({ priceFen: fen(5_000) })
  const offer = coupon(off(30), { shopId: null })
  const quote = decide(basketOf([lineOf(tea), lineOf(vase)], [offer]))
  expect(quote.uses.map(use => use.offFen)).toEqual([2_000, 1_000])
  expect(quote.shops.map(shop => shop.payableFen)).toEqual([8_000, 4_000])
})

test('coupons and points leave every order one fen to pay', () => {
  const full = basisPoints(10_000)
  const bought = basketOf([lineOf(tea)], [coupon(off(500)), points({ shareMaxBps: full })])
  expect(decide(bought)).toMatchObject({ payableFen: 1, points: { usableMax: 0 } })
  const only = basketOf([lineOf(tea)], [points({ shareMaxBps: full, balance: 99_999 })])
  expect(decide(only).points.usableMax).toBe(9_999)
})

test.each([
  ['the balance', points({ balance: 700 }), 700],
  ['the share of the goods', points(), 5_000],
  ['what a point is worth', points({ pointsPerYuan: 10 }), 500],
])('points are capped by %s', (_, offer, usableMax) => {
  const asked = (pointsUsed: number) => basketOf([lineOf(tea)], [offer], { pointsUsed })
  expect(decide(asked(usableMax)).points).toMatchObject({ usableMax, used: usableMax })
  expect(() => decide(asked(usableMax + 1))).toThrow(thrown('price.points_short'))
})

test('shipping looks at goods that travel, before coupons and points', () => {
  const card = priceSku({ shopId, priceFen: fen(500), isVirtual: true })
  const asked: [Id, number, number][] = []
  const shippingOf = (shop: Id, items: readonly { quantity: number; amountFen: number }[]) => {
    asked.push(...items.map((item): [Id, number, number] => [shop, item.quantity, item.amountFen]))
    return fen(800)
  }
  const offers = [coupon(off(10)), buyGift(pot), unit(tea, 90)]
  const gifts = [{ sku: pot, available: 9 }]
  const quote = decide(basketOf([lineOf(tea, 2), lineOf(card)], offers, { gifts, shippingOf }))
  expect(asked).toEqual([[shopId, 2, 18_000]])
  expect(quote).toMatchObject({ shippingFen: 800, itemsFen: 17_500, payableFen: 18_300 })
})

test.each([
  ['an order of nothing', 'total', [lineOf(priceSku({ priceFen: fen(0) }))]],
  ['more than a line holds', 'quantity', [lineOf(tea, 999), lineOf(tea)]],
  ['more than an amount holds', 'total', [lineOf(priceSku({ priceFen: fen(999_999_999) }), 2)]],
])('%s is refused', (_, what, lines) => {
  expect(() => decide(basketOf(lines))).toThrow(thrown(`price.${what}_out_of_range`))
})
