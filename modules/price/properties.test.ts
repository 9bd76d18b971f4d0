import type { Id } from '@kaibo/kernel/ids'
import { basisPoints, fen, multiplyFen, sumFen } from '@kaibo/kernel/money'
import { basketOf, lineOf, priceSku } from '@kaibo/testkit/baskets'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decide } from './decide.ts'
import type { CouponOffer, Offer, PriceSku, Scope } from './offer.ts'
import type { Quote } from './quote.ts'

const casesMin = 10_000
const id = (kind: number, number: number): Id =>
  `00000000-0000-7000-8${String(kind).padStart(3, '0')}-${String(number).padStart(12, '0')}`
const shopIds = [id(1, 0), id(1, 1), id(1, 2)] as const
const gift = priceSku({ skuId: id(3, 99), shopId: shopIds[0], priceFen: fen(700) })

/** Six SKUs of three shops, with small prices: odd fen and empty lines are where splits go wrong. */
const skus = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 9_999 })), {
    minLength: 6,
    maxLength: 6,
  })
  .map(prices =>
    prices.map((priceFen, at) =>
      priceSku({
        skuId: id(3, at),
        productId: id(2, at),
        shopId: shopIds[at < 3 ? 0 : at < 5 ? 1 : 2],
        brandId: at % 2 === 0 ? id(4, 0) : null,
        priceFen: fen(priceFen),
      }),
    ),
  )
const amount = fc.integer({ min: 1, max: 12_000 }).map(fen)
const off = fc.oneof(
  fc.record({ fen: amount }),
  fc.record({
    bps: fc.integer({ min: 1, max: 10_000 }).map(basisPoints),
    maxFen: fc.option(amount),
  }),
)
const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant({ only: 'all' as const }),
  fc.constant({ only: 'brands' as const, ids: [id(4, 0)] }),
  fc.nat(5).map(at => ({ only: 'products' as const, ids: [id(2, at)] })),
)
const shopId = fc.constantFrom(...shopIds)
const skuId = fc.nat(5).map(at => id(3, at))
const named = { title: fc.constant('活动') }
const gifts = fc.constantFrom([], [{ skuId: gift.skuId, quantity: 1 }])

const activity = fc.record({
  ...named,
  stage: fc.constant('activity' as const),
  kind: fc.constantFrom('flash_sale' as const, 'live_price' as const),
  skuId,
  unitPriceFen: amount,
  poolId: fc.constant(null),
  limitPerBuyer: fc.constant(null),
})
const unit = fc.record({
  ...named,
  stage: fc.constant('unit' as const),
  kind: fc.constantFrom('limited_discount' as const, 'member_price' as const),
  skuId,
  unitPriceFen: amount,
  stacks: fc.boolean(),
})
const buyGift = fc.record({
  ...named,
  stage: fc.constant('gift' as const),
  kind: fc.constant('buy_gift' as const),
  shopId,
  scope,
  buyCount: fc.integer({ min: 1, max: 4 }),
  gifts,
  timesMax: fc.integer({ min: 1, max: 3 }),
})
const reduction = fc.record({
  ...named,
  stage: fc.constant('reduction' as const),
  kind: fc.constant('full_reduction' as const),
  shopId,
  scope,
  by: fc.constantFrom('amount' as const, 'count' as const),
  repeats: fc.boolean(),
  tiers: fc.array(
    fc.record({ threshold: fc.integer({ min: 1, max: 9_000 }), off: fc.option(off), gifts }),
    { minLength: 1, maxLength: 3 },
  ),
})
const coupon = fc.record({
  ...named,
  stage: fc.constant('coupon' as const),
  kind: fc.constant('coupon' as const),
  shopId: fc.option(shopId),
  scope,
  thresholdFen: fc.constantFrom(0, 0, 1_000, 9_000).map(fen),
  off,
  group: fc.constantFrom('a', 'b'),
  withActivity: fc.boolean(),
  problem: fc.constantFrom(null, null, null, 'expired' as const),
})
const points = fc.record({
  ...named,
  stage: fc.constant('points' as const),
  kind: fc.constant('points' as const),
  balance: fc.nat(20_000),
  pointsPerYuan: fc.constantFrom(1, 10, 100, 1_000),
  shareMaxBps: fc.integer({ min: 0, max: 10_000 }).map(basisPoints),
})

const identify = <O extends object>(offers: readonly O[]) =>
  offers.map((offer, at) => ({ ...offer, offerId: id(5, at) }))
const coupons: fc.Arbitrary<CouponOffer[]> = fc.array(coupon, { maxLength: 5 }).map(identify)
const offers: fc.Arbitrary<Offer[]> = fc
  .tuple(
    fc.array(fc.oneof(activity, unit, unit, buyGift, reduction, coupon, coupon), { maxLength: 8 }),
    fc.array(points, { maxLength: 1 }),
  )
  .map(([some, byPoints]) => identify([...some, ...byPoints]))

/** What is bought alone, and so many sets of the first shop's bundle of SKUs 0 and 2 (1 : 2). */
const bundleId = id(6, 0)
const bought = fc.record({
  quantities: fc.array(fc.nat(4), { minLength: 6, maxLength: 6 }),
  setCount: fc.nat(2),
  bundlePriceFen: amount,
})
type Bought = typeof bought extends fc.Arbitrary<infer B> ? B : never

const linesOf = (goods: readonly PriceSku[], { quantities, setCount }: Bought) =>
  goods.flatMap((sku, at) => [
    lineOf(sku, quantities[at] ?? 0),
    lineOf(sku, setCount * (at === 0 ? 1 : at === 2 ? 2 : 0), bundleId),
  ])
const asked = fc
  .record({ goods: skus, bought, offers, giftCount: fc.nat(5), pointsShare: fc.nat(100) })
  .map(({ goods, bought, offers, giftCount, pointsShare }) => {
    const lines = linesOf(goods, bought).filter(line => line.quantity > 0)
    const bundle: Offer = {
      stage: 'bundle',
      kind: 'bundle',
      offerId: bundleId,
      title: '套装',
      shopId: shopIds[0],
      items: [
        { skuId: id(3, 0), quantity: 1 },
        { skuId: id(3, 2), quantity: 2 },
      ],
      priceFen: bought.bundlePriceFen,
    }
    const basket = basketOf(lines, [...offers, bundle], {
      gifts: [{ sku: gift, available: giftCount }],
    })
    return { basket, pointsShare, setCount: bought.setCount }
  })
  .filter(({ basket }) => basket.lines.length > 0)

const check = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, property), { numRuns: casesMin })
const linesIn = (quote: Quote) => quote.shops.flatMap(shop => shop.lines)

test('every fen is explained, nothing costs less than nothing, every order costs something', () => {
  check(asked, ({ basket, pointsShare }) => {
    const { usableMax } = decide(basket).points
    const quote = decide({ ...basket, pointsUsed: Math.floor((usableMax * pointsShare) / 100) })
    for (const line of linesIn(quote)) {
      const shelfFen = multiplyFen(line.listPriceFen, line.quantity)
      const partsFen = sumFen(line.parts.map(part => part.offFen))
      expect(shelfFen - partsFen).toBe(line.payableFen)
      expect(line.parts.every(part => part.offFen > 0)).toBe(true)
      expect(Math.min(line.payableFen, line.unitPriceFen)).toBeGreaterThanOrEqual(0)
    }
    for (const shop of quote.shops) {
      expect(sumFen(shop.lines.map(line => line.payableFen))).toBe(shop.itemsFen)
      expect(shop.payableFen).toBeGreaterThanOrEqual(1)
    }
    expect(sumFen(quote.shops.map(shop => shop.payableFen))).toBe(quote.payableFen)
    expect(sumFen(quote.uses.map(use => use.offFen))).toBe(quote.discountFen)
    const usedFen = (kind: string) =>
      sumFen(quote.uses.filter(use => use.kind === kind).map(use => use.offFen))
    expect(usedFen('points')).toBe(quote.points.offFen)
    expect(quote.uses.reduce((sum, use) => sum + use.points, 0)).toBe(
      quote.points.offFen > 0 ? quote.points.used : 0,
    )
  })
})

test('the order of lines and of offers does not matter', () => {
  const shuffled = asked.chain(({ basket }) =>
    fc.record({
      basket: fc.constant(basket),
      lines: fc.shuffledSubarray([...basket.lines], { minLength: basket.lines.length }),
      offers: fc.shuffledSubarray([...basket.offers], { minLength: basket.offers.length }),
    }),
  )
  const sorted = (quote: Quote) => ({
    ...quote,
    shops: quote.shops
      .map(shop => ({ ...shop, lines: shop.lines.map(line => JSON.stringify(line)).sort() }))
      .sort((a, b) => (a.shopId < b.shopId ? -1 : 1)),
    uses: quote.uses.map(use => JSON.stringify(use)).sort(),
  })
  check(shuffled, ({ basket, lines, offers }) => {
    expect(sorted(decide({ ...basket, lines, offers }))).toEqual(sorted(decide(basket)))
  })
})

test('one more coupon in the purse never makes a basket dearer', () => {
  check(fc.tuple(asked, coupons), ([{ basket }, purse]) => {
    const others = basket.offers.filter(offer => offer.stage !== 'coupon')
    const payable = (some: readonly CouponOffer[]) =>
      decide({ ...basket, offers: [...others, ...some] }).payableFen
    expect(payable(purse)).toBeLessThanOrEqual(payable(purse.slice(1)))
  })
})

test('points take off exactly what they are worth, more points never less', () => {
  check(fc.tuple(asked, points), ([{ basket, pointsShare }, purse]) => {
    const offers = basket.offers.filter(offer => offer.stage !== 'points')
    const paidWith = (pointsUsed: number) =>
      decide({ ...basket, offers: [...offers, { ...purse, offerId: id(5, 90) }], pointsUsed })
    const { usableMax } = paidWith(0).points
    const used = Math.floor((usableMax * pointsShare) / 100)
    const paid = paidWith(used)
    const worthFen = Math.floor((used * 100) / purse.pointsPerYuan)
    expect(paidWith(0).payableFen - paid.payableFen).toBe(worthFen)
    expect(paidWith(usableMax).payableFen).toBeLessThanOrEqual(paid.payableFen)
  })
})

/**
 * One shop, one reduction and one coupon for everything: what is left of an amount never falls as
 * the amount grows. (Two shares of one amount, both floored, may differ by a fen.)
 */
const plain = fc
  .record({ goods: skus, bought, units: fc.array(unit, { maxLength: 4 }), reduction, coupon, off })
  .map(({ goods, bought, units, ...one }) => ({
    goods: goods.map(sku => ({ ...sku, shopId: shopIds[0] })),
    bought,
    units: units.map((offer, at) => ({ ...offer, offerId: id(5, at), stacks: false })),
    reduction: {
      ...one.reduction,
      offerId: id(5, 80),
      shopId: shopIds[0],
      scope: { only: 'all' as const },
      tiers: [{ threshold: 1, off: one.off, gifts: [] }],
      repeats: false,
    },
    coupon: {
      ...one.coupon,
      offerId: id(5, 81),
      shopId: null,
      scope: { only: 'all' as const },
      thresholdFen: fen(0),
    },
  }))
const payableOf = (goods: readonly PriceSku[], some: Bought, offers: readonly Offer[]) =>
  decide(
    basketOf(
      linesOf(goods, { ...some, setCount: 0 }).filter(line => line.quantity > 0),
      offers,
    ),
  ).payableFen

test('a discount, a reduction or a coupon more never makes a basket dearer, without new thresholds', () => {
  check(plain, ({ goods, bought: some, units, reduction: every, coupon: one }) => {
    if (some.quantities.every(quantity => quantity === 0)) return
    const payable = (offers: readonly Offer[]) => payableOf(goods, some, offers)
    const full = payable([...units, every, one])
    for (const fewer of [
      [...units.slice(1), every, one],
      [...units, one],
      [...units, every],
    ])
      expect(full).toBeLessThanOrEqual(payable(fewer))
  })
})

test('one more of anything never makes a basket cheaper, without new thresholds', () => {
  check(fc.tuple(plain, fc.nat(5)), ([{ goods, bought: some, units, ...every }, more]) => {
    if (some.quantities.every(quantity => quantity === 0)) return
    const offers = [...units, every.reduction, every.coupon]
    const quantities = some.quantities.map((count, at) => count + Number(at === more))
    expect(payableOf(goods, { ...some, quantities }, offers)).toBeGreaterThanOrEqual(
      payableOf(goods, some, offers),
    )
  })
})

test('gifts cost nothing, say who gave them, and never exceed what is there', () => {
  check(asked, ({ basket }) => {
    const given = linesIn(decide(basket)).filter(line => line.isGift)
    const there = basket.gifts[0]?.available ?? 0
    expect(given.reduce((sum, line) => sum + line.quantity, 0)).toBeLessThanOrEqual(there)
    for (const line of given) {
      expect(line).toMatchObject({ payableFen: 0, poolId: null, limits: [] })
      expect(['buy_gift', 'full_reduction']).toContain(line.parts[0]?.kind)
    }
  })
})

test('a set costs its price, split over its components to within a fen of their share', () => {
  const sets = asked.filter(({ setCount }) => setCount > 0)
  check(sets, ({ basket, setCount }) => {
    const offer = basket.offers.find(({ stage }) => stage === 'bundle')
    if (offer?.stage !== 'bundle') throw new Error('there is a bundle')
    const lines = linesIn(decide({ ...basket, offers: [offer] })).filter(line => line.bundleId)
    const shelfFens = lines.map(line => multiplyFen(line.listPriceFen, line.quantity))
    const paidFen = sumFen(lines.map(line => line.payableFen))
    const shelfFen = sumFen(shelfFens)
    expect(paidFen).toBe(Math.min(shelfFen, offer.priceFen * setCount))
    for (const [at, line] of lines.entries()) {
      const exact = ((shelfFens[at] ?? 0) * paidFen) / shelfFen
      expect(Math.abs(line.payableFen - exact)).toBeLessThan(1)
    }
  })
})
