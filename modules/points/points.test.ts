import type { PointsSettings } from '@kaibo/contract/offer/points'
import { dayMs } from '@kaibo/kernel/clock'
import { type Id, newId } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import type { OfferUse } from '@kaibo/modules/price'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, operatorActor, userActor } from '@kaibo/testkit/people'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { createPoints } from './index.ts'
import { decideSpends, earnedFor, expiryOf, type Lot } from './rules.ts'

const { database, connect } = await testDatabase()
const points = createPoints({ database })
const settings: PointsSettings = {
  isOn: true,
  earnedPerYuan: 1,
  pointsPerYuan: 100,
  shareMaxBps: 5_000,
  expiry: 'rolling',
  validDays: 365,
}
const operator = ctxOf(operatorActor())

/** An order of this buyer completed. */
const complete = (buyerId: Id, yuan: number, orderId = newId()) => {
  const [subscriber] = points.subscribers
  const told = { orderId, buyerId, shopId: newId(), state: 'completed', source: null }
  return database.tx(async tx => subscriber?.handle(tx, { ...told, payableFen: yuan * 100 }, '1'))
}
const useOf = (buyerId: Id, spent: number, change: Partial<OfferUse> = {}): OfferUse => ({
  orderId: newId(),
  checkoutId: newId(),
  buyerId,
  kind: 'points',
  offerId: buyerId,
  offFen: fen(spent),
  quantity: 1,
  points: spent,
  ...change,
})
const consume = (uses: OfferUse[], on = database) =>
  on.tx(async tx => (await points.offers.consume?.(tx, uses)) ?? [])
const release = (...orderIds: Id[]) =>
  database.tx(async tx => points.offers.release?.(tx, orderIds))
const accountOf = (actor: ReturnType<typeof userActor>) => points.handlers.account(ctxOf(actor), {})
const logOf = async (actor: ReturnType<typeof userActor>) =>
  (await points.handlers.entries(ctxOf(actor), { limit: 100 })).items.map(
    entry => [entry.reason, entry.delta, entry.balanceAfter] as const,
  )
/** The lot that an order earned expires at this time from now. */
const expireIn = (orderId: Id, days: number) =>
  sql`update points_lot set expires_at = now() + make_interval(days => ${days})
    where cause_id = ${orderId}`.execute(database.db)

afterAll(async () => {
  expect(await points.check(database.db)).toMatchObject({ ok: true, findings: [] })
})

test.each<[number, Partial<PointsSettings>, number]>([
  [9_950, {}, 99],
  [9_950, { earnedPerYuan: 2 }, 199],
  [99, {}, 0],
  [9_950, { earnedPerYuan: 0 }, 0],
  [9_950, { isOn: false }, 0],
])('%i fen earn by %j: %i points', (paid, change, earned) => {
  expect(earnedFor(fen(paid), { ...settings, ...change })).toBe(earned)
})

test.each([
  ['2026-11-22T04:00:00Z', '2027-12-31T16:00:00.000Z'],
  ['2026-12-31T15:59:59Z', '2027-12-31T16:00:00.000Z'],
  // In Shanghai the next year has begun.
  ['2026-12-31T16:00:00Z', '2028-12-31T16:00:00.000Z'],
])('points of %s expire yearly at %s', (at, expiresAt) => {
  expect(expiryOf(new Date(at), { ...settings, expiry: 'yearly' }).toISOString()).toBe(expiresAt)
})

test('an order earns once', async () => {
  const [ann, orderId] = [userActor(), newId()]
  await Promise.all([complete(ann.userId, 68, orderId), complete(ann.userId, 68, orderId)])
  const { balance, expiring } = await accountOf(ann)
  expect(balance).toBe(68)
  expect(Date.parse(expiring?.at ?? '') - Date.now()).toBeGreaterThan(364 * dayMs)
  expect(await logOf(ann)).toEqual([['earn', 68, 68]])
})

test('points are taken from the lots that expire first', async () => {
  const [ann, late, soon] = [userActor(), newId(), newId()]
  await complete(ann.userId, 50, late)
  await complete(ann.userId, 30, soon)
  await expireIn(soon, 3)
  expect((await accountOf(ann)).expiring?.points).toBe(30)
  await consume([useOf(ann.userId, 40)])
  expect(await accountOf(ann)).toMatchObject({ balance: 40, expiring: { points: 40 } })
})

test('a closed order gives its points back once, to the lots they came from', async () => {
  const [ann, late, soon] = [userActor(), newId(), newId()]
  await complete(ann.userId, 50, late)
  await complete(ann.userId, 30, soon)
  await expireIn(soon, 3)
  const use = useOf(ann.userId, 60)
  await consume([use])
  await Promise.all([release(use.orderId), release(use.orderId, newId())])
  expect(await accountOf(ann)).toMatchObject({ balance: 80, expiring: { points: 30 } })
  expect((await logOf(ann)).slice(0, 2)).toEqual([
    ['return', 60, 80],
    ['spend', -60, 20],
  ])
  expect(await consume([use])).toEqual([])
  expect((await accountOf(ann)).balance).toBe(20)
})

test('expired points cannot be spent, booked out or not, and are booked out once', async () => {
  const [ann, orderId] = [userActor(), newId()]
  await complete(ann.userId, 20, orderId)
  await complete(ann.userId, 5)
  await expireIn(orderId, -1)
  expect((await accountOf(ann)).balance).toBe(5)
  const [refused] = await consume([useOf(ann.userId, 6)])
  expect(refused?.code).toBe('price.points_short')
  const other = createPoints({ database: connect() })
  await Promise.all([points.expireDue(100), other.expireDue(100)])
  expect(await points.expireDue(100)).toBe(0)
  expect(await logOf(ann)).toEqual([
    ['expire', -20, 5],
    ['earn', 5, 25],
    ['earn', 20, 20],
  ])
})

test('many checkouts at once never overdraw', async () => {
  const ann = userActor()
  await complete(ann.userId, 100)
  const pools = [database, connect(), connect()]
  const refused = await Promise.all(
    Array.from({ length: 12 }, (_, n) => {
      const uses = [useOf(ann.userId, 10), useOf(ann.userId, 5)]
      return consume(uses, pools[n % pools.length])
    }),
  )
  // 100 = 6 × 15 + 10: in the order in which they came, each checkout whole.
  expect((await accountOf(ann)).balance).toBeLessThan(5)
  expect(refused.flat().length).toBeGreaterThan(0)
  expect(refused.flat().every(each => each.code === 'price.points_short')).toBe(true)
})

test('points of a checkout over two orders go back order by order', async () => {
  const ann = userActor()
  await complete(ann.userId, 100)
  const one = useOf(ann.userId, 30)
  const two = useOf(ann.userId, 20, { checkoutId: one.checkoutId })
  await consume([one, two])
  await release(one.orderId)
  expect((await accountOf(ann)).balance).toBe(80)
  await release(two.orderId)
  expect((await accountOf(ann)).balance).toBe(100)
})

test('while points are off none are earned or offered', async () => {
  const ann = userActor()
  await complete(ann.userId, 100)
  await points.handlers.setSettings(operator, { ...settings, isOn: false })
  await complete(ann.userId, 100)
  expect(await accountOf(ann)).toMatchObject({ balance: 100, settings: { isOn: false } })
  const ask = { buyerId: ann.userId, at: new Date(), roomToken: null, skus: [], bundleIds: [] }
  const source = { kind: 'shop' as const, id: null }
  const asks = [{ ...ask, source, couponIds: null, wantsPoints: true }]
  expect(await points.offers.offersFor(database.db, asks)).toEqual([[]])
  await points.handlers.setSettings(operator, settings)
  expect(await points.offers.offersFor(database.db, asks)).toMatchObject([[{ balance: 100 }]])
})

test('any run of earning, spending, giving back and expiring leaves every balance explained', async () => {
  const people = [userActor(), userActor()]
  const step = fc.record({
    who: fc.integer({ min: 0, max: 1 }),
    what: fc.constantFrom('earn', 'spend', 'return', 'expire'),
    points: fc.integer({ min: 1, max: 60 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async steps => {
      const orders: Id[] = []
      for (const { who, what, points: count } of steps) {
        const userId = people[who]?.userId ?? ''
        const orderId = newId()
        if (what === 'earn') await complete(userId, count, orderId)
        if (what === 'earn' && count % 3 === 0) await expireIn(orderId, -1)
        if (what === 'spend') {
          await consume([useOf(userId, count, { orderId })])
          orders.push(orderId)
        }
        if (what === 'return') await release(...orders.splice(0, 1), newId())
        if (what === 'expire') await points.expireDue(10)
      }
      expect((await points.check(database.db)).findings).toEqual([])
    }),
    { numRuns: 8 },
  )
})

test('deciding spends takes from each person what they ask for, or nothing', () => {
  const lot = fc.record({ owner: fc.integer({ min: 0, max: 2 }), left: fc.nat({ max: 50 }) })
  const wish = fc.record({
    buyer: fc.integer({ min: 0, max: 2 }),
    points: fc.integer({ min: 1, max: 60 }),
  })
  fc.assert(
    fc.property(fc.array(lot), fc.array(wish), (owned, wishes) => {
      const lots: Lot[] = owned.map((each, n) => ({
        id: `lot${n}`,
        userId: `u${each.owner}`,
        left: each.left,
      }))
      const uses = wishes.map(each => useOf(`u${each.buyer}`, each.points))
      const { spends, taken, refused } = decideSpends(lots, uses)
      expect(spends.length + refused.length).toBe(uses.length)
      for (const { orderId, points: wanted } of spends)
        expect(
          taken.filter(each => each.orderId === orderId).reduce((sum, one) => sum + one.points, 0),
        ).toBe(wanted)
      for (const { id, left } of lots)
        expect(
          taken.filter(each => each.lotId === id).reduce((sum, one) => sum + one.points, 0),
        ).toBeLessThanOrEqual(left)
    }),
  )
})
