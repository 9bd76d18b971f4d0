import type { NewCouponTemplate } from '@kaibo/contract/offer/coupon'
import { dayMs, systemClock } from '@kaibo/kernel/clock'
import { type Id, newId } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import type { OfferUse } from '@kaibo/modules/price'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, operatorActor, shopTeam, userActor, visitor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { createCoupon } from './index.ts'

const { database, connect } = await testDatabase()
const shop = { shopsByIds: async () => new Map() }
const coupons = createCoupon({ database, clock: systemClock, shop })
const elsewhere = createCoupon({ database: connect(), clock: systemClock, shop })
const team = shopTeam()
const { shopId } = team
const owner = ctxOf(team.owner)

const at = (days: number) => new Date(Date.now() + days * dayMs).toISOString()
const wanted = (change: Partial<NewCouponTemplate> = {}): NewCouponTemplate => ({
  id: newId(),
  title: '满 100 减 20',
  off: { fen: fen(2_000) },
  thresholdFen: fen(10_000),
  scope: { only: 'all', ids: [] },
  validity: { days: 7 },
  withActivity: false,
  totalCount: 100,
  perPersonMax: 1,
  claimFrom: at(-1),
  claimUntil: at(5),
  group: '',
  code: null,
  ...change,
})
const make = async (change: Partial<NewCouponTemplate> = {}) =>
  coupons.handlers.create(owner, { shopId, ...wanted(change) })
const templateOf = async (id: Id) => {
  const { items } = await coupons.handlers.manageList(owner, { shopId, limit: 100 })
  return items.find(item => item.id === id)
}
const claim = (actor: ReturnType<typeof userActor>, templateId: Id, on = coupons, id = newId()) =>
  on.handlers.claim(ctxOf(actor), { templateId, id })
const mine = async (actor: ReturnType<typeof userActor>, state: 'usable' | 'used' | 'expired') =>
  (await coupons.handlers.mine(ctxOf(actor), { state, limit: 100 })).items.map(each => each.id)
const codesOf = (results: PromiseSettledResult<unknown>[]) =>
  results.map(each => (each.status === 'fulfilled' ? 'ok' : String(each.reason.code))).toSorted()
/** Time passes for a copy. */
const expire = (id: Id) =>
  sql`update coupon_copy set valid_from = now() - interval '9 days',
    valid_until = now() - interval '1 second' where id = ${id}`.execute(database.db)

const useOf = (buyerId: Id, offerId: Id, change: Partial<OfferUse> = {}): OfferUse => ({
  orderId: newId(),
  checkoutId: newId(),
  buyerId,
  kind: 'coupon',
  offerId,
  offFen: fen(2_000),
  quantity: 1,
  points: 0,
  ...change,
})
const consume = (uses: OfferUse[], on = database) =>
  on.tx(async tx => (await coupons.offers.consume?.(tx, uses)) ?? [])
const release = (...orderIds: Id[]) =>
  database.tx(async tx => coupons.offers.release?.(tx, orderIds))
const pay = ({ orderId, buyerId }: OfferUse) => {
  const [subscriber] = coupons.subscribers
  const told = { orderId, buyerId, shopId, state: 'paid', payableFen: 1, source: null }
  return database.tx(async tx => subscriber?.handle(tx, told, '1'))
}
const offersOf = async (buyerId: Id) => {
  const sku = { skuId: newId(), productId: newId(), shopId, title: '', spec: {}, pictureUrl: null }
  const facts = { priceFen: fen(1), categoryIds: [], brandId: null, tagIds: [], weightG: 0 }
  const rest = { volumeCm3: 0, freightTemplateId: null, isVirtual: false, limitPerBuyer: null }
  const [offers] = await coupons.offers.offersFor(database.db, [
    {
      buyerId,
      at: new Date(),
      source: { kind: 'shop', id: null },
      roomToken: null,
      skus: [{ ...sku, ...facts, ...rest }],
      bundleIds: [],
      couponIds: null,
      wantsPoints: false,
    },
  ])
  return offers ?? []
}

afterAll(async () => {
  // Whatever happened above, everything still adds up.
  expect(await coupons.check(database.db)).toMatchObject({ ok: true, findings: [] })
})

test('a claimed coupon is dated from its claim and offered at the checkout', async () => {
  const [ann, template] = [userActor(), await make()]
  const coupon = await claim(ann, template.id)
  expect(Date.parse(coupon.validUntil) - Date.parse(coupon.validFrom)).toBe(7 * dayMs)
  expect(await mine(ann, 'usable')).toEqual([coupon.id])
  expect(await offersOf(ann.userId)).toMatchObject([{ offerId: coupon.id, problem: null }])
  expect(await offersOf(newId())).toEqual([])
  const { items } = await coupons.handlers.claimCounts(ctxOf(ann), {})
  expect(items).toEqual([{ templateId: template.id, count: 1 }])
})

test('never more than the total are issued, however many claim at once', async () => {
  const { id } = await make({ totalCount: 20 })
  const results = await Promise.allSettled(
    Array.from({ length: 60 }, (_, n) => claim(userActor(), id, n % 2 ? coupons : elsewhere)),
  )
  const codes = codesOf(results)
  expect(codes.filter(code => code === 'ok')).toHaveLength(20)
  expect(codes.filter(code => code === 'coupon.all_claimed')).toHaveLength(40)
  expect(await templateOf(id)).toMatchObject({ issuedCount: 20 })
})

test('one person gets as many as each may, however often they press at once', async () => {
  const [ann, template] = [userActor(), await make({ perPersonMax: 3 })]
  const results = await Promise.allSettled(
    Array.from({ length: 12 }, (_, n) => claim(ann, template.id, n % 2 ? coupons : elsewhere)),
  )
  expect(codesOf(results).filter(code => code === 'ok')).toHaveLength(3)
  expect(codesOf(results).filter(code => code === 'coupon.limit_reached')).toHaveLength(9)
  expect(await templateOf(template.id)).toMatchObject({ issuedCount: 3 })
})

test('the same claim sent again, also at once, is one claim', async () => {
  const [ann, template, id] = [userActor(), await make(), newId()]
  const claims = await Promise.all([
    claim(ann, template.id, coupons, id),
    claim(ann, template.id, elsewhere, id),
  ])
  expect(claims.map(each => each.id)).toEqual([id, id])
  expect(await templateOf(template.id)).toMatchObject({ issuedCount: 1 })
  await expect(claim(userActor(), template.id, coupons, id)).rejects.toMatchObject({
    code: 'coupon.not_found',
  })
})

test.each<[string, Partial<NewCouponTemplate>, boolean, string]>([
  ['before its time', { claimFrom: at(1) }, false, 'coupon.not_open'],
  ['that was stopped', {}, true, 'coupon.not_open'],
  ['that needs a code', { code: 'SECRET1' }, false, 'coupon.not_found'],
])('nobody claims a coupon %s', async (_, change, isStopped, code) => {
  const { id } = await make(change)
  if (isStopped) await coupons.handlers.change(owner, { shopId, id, isStopped })
  await expect(claim(userActor(), id)).rejects.toMatchObject({ code })
  const centre = await coupons.handlers.centre(ctxOf(visitor), { shopId })
  expect(centre.items.map(item => item.id)).not.toContain(id)
})

test('a code is claimed in either case of letters, and belongs to one coupon', async () => {
  const { id } = await make({ code: 'TEA2026' })
  const coupon = await coupons.handlers.redeem(ctxOf(userActor()), { id: newId(), code: 'tea2026' })
  expect(coupon.templateId).toBe(id)
  await expect(make({ code: 'TEA2026' })).rejects.toMatchObject({ code: 'coupon.code_taken' })
})

test('one copy used twice in parallel: exactly one checkout gets it', async () => {
  const [ann, template] = [userActor(), await make()]
  const { id } = await claim(ann, template.id)
  const pools = [database, connect(), connect()]
  const refused = await Promise.all(pools.map(on => consume([useOf(ann.userId, id)], on)))
  expect(refused.flat()).toHaveLength(2)
  expect(refused.flat()[0]?.code).toBe('price.coupon_unusable')
  expect(await offersOf(ann.userId)).toMatchObject([{ problem: 'used' }])
})

test('a closed order gives its coupon back once; a paid one has used it up', async () => {
  const [ann, template] = [userActor(), await make()]
  const { id } = await claim(ann, template.id)
  const first = useOf(ann.userId, id)
  expect(await consume([first])).toEqual([])
  await Promise.all([release(first.orderId), release(first.orderId, newId())])
  const second = useOf(ann.userId, id)
  expect(await consume([second])).toEqual([])
  // A late close of the first order takes nothing from the second.
  await release(first.orderId)
  await Promise.all([pay(second), release(first.orderId)])
  await release(second.orderId)
  expect(await mine(ann, 'used')).toEqual([id])
  expect(await templateOf(template.id)).toMatchObject({ usedCount: 1, offFen: 2_000 })
})

test('pay and close at once end in one of the two, never in both', async () => {
  const [ann, template] = [userActor(), await make({ perPersonMax: 8 })]
  for (let round = 0; round < 8; round++) {
    const { id } = await claim(ann, template.id)
    const use = useOf(ann.userId, id)
    await consume([use])
    await Promise.all([pay(use), release(use.orderId)])
    const places = [await mine(ann, 'used'), await mine(ann, 'usable')].flat()
    expect(places.filter(each => each === id)).toHaveLength(1)
  }
})

test('a coupon over two orders is free again when both have closed', async () => {
  const [ann, template] = [userActor(), await make()]
  const { id } = await claim(ann, template.id)
  const one = useOf(ann.userId, id)
  const two = useOf(ann.userId, id, { checkoutId: one.checkoutId })
  expect(await consume([one, two])).toEqual([])
  await release(one.orderId)
  expect(await consume([useOf(ann.userId, id)])).toHaveLength(1)
  await release(two.orderId)
  expect(await consume([useOf(ann.userId, id)])).toEqual([])
})

test('an order that was refused may be placed again under its id', async () => {
  const [ann, template] = [userActor(), await make()]
  const { id } = await claim(ann, template.id)
  const use = useOf(ann.userId, id)
  await database.tx(async tx => {
    await coupons.offers.consume?.(tx, [use])
    await coupons.offers.release?.(tx, [use.orderId])
  })
  expect(await consume([use])).toEqual([])
  await pay(use)
  expect(await mine(ann, 'used')).toEqual([id])
})

test('an expired coupon is listed as such and cannot be used, given back or not', async () => {
  const [ann, template] = [userActor(), await make({ perPersonMax: 2 })]
  const [old, held] = [await claim(ann, template.id), await claim(ann, template.id)]
  const use = useOf(ann.userId, held.id)
  await consume([use])
  await expire(old.id)
  await expire(held.id)
  await release(use.orderId)
  expect((await mine(ann, 'expired')).toSorted()).toEqual([old.id, held.id].toSorted())
  expect(await consume([useOf(ann.userId, old.id)])).toHaveLength(1)
  expect((await offersOf(ann.userId)).map(offer => 'problem' in offer && offer.problem)).toEqual([
    'expired',
    'expired',
  ])
})

test('what is promised stays: only more, longer or no more', async () => {
  const { id } = await make({ totalCount: 5 })
  await claim(userActor(), id)
  const change = (change: object) => coupons.handlers.change(owner, { shopId, id, ...change })
  expect(await change({ totalCount: 9 })).toMatchObject({ totalCount: 9, issuedCount: 1 })
  await claim(userActor(), id)
  await expect(change({ totalCount: 1 })).rejects.toMatchObject({ code: 'coupon.terms_invalid' })
})

test('the platform runs its own coupons; a shop neither sees nor changes them', async () => {
  const operator = ctxOf(operatorActor())
  const template = await coupons.handlers.platformCreate(operator, wanted())
  const centre = await coupons.handlers.centre(ctxOf(visitor), {})
  expect(centre.items).toMatchObject([{ id: template.id, shop: null }])
  await expect(
    coupons.handlers.change(owner, { shopId, id: template.id, isStopped: true }),
  ).rejects.toMatchObject({ code: 'coupon.not_found' })
})
