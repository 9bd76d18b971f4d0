import { chargeUnits, type FreightGoods, freightFen } from '@kaibo/contract/trade/freight-fen'
import { fen } from '@kaibo/kernel/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const casesMin = 10_000
type Charge = NonNullable<Parameters<typeof freightFen>[0]['elsewhere']>

const charge = (changes: Partial<Charge> = {}): Charge => ({
  firstUnits: 1,
  firstFen: fen(800),
  furtherUnits: 1,
  furtherFen: fen(200),
  freeFromFen: null,
  freeFromCount: null,
  ...changes,
})
const goods = (changes: Partial<FreightGoods> = {}): FreightGoods => ({
  quantity: 1,
  weightG: 300,
  volumeCm3: 2_000,
  amountFen: fen(5_000),
  ...changes,
})
const everywhere = (elsewhere: Charge, chargeBy: (typeof chargeUnits)[number] = 'piece') => ({
  chargeBy,
  rules: [],
  elsewhere,
})
const hangzhou = '330106'

test.each<[string, (typeof chargeUnits)[number], Partial<Charge>, number, number]>([
  ['the first piece', 'piece', {}, 1, 800],
  ['each further piece', 'piece', {}, 4, 1_400],
  ['a unit begun is charged', 'piece', { furtherUnits: 2 }, 4, 1_200],
  ['one kilogram is enough for three', 'weight', { firstUnits: 1_000 }, 3, 800],
  ['grams beyond the first kilogram', 'weight', { firstUnits: 1_000, furtherUnits: 500 }, 4, 1_000],
  ['by volume', 'volume', { firstUnits: 2_000, furtherUnits: 1_000 }, 2, 1_200],
])('a charge: %s', (_, chargeBy, changes, quantity, expected) => {
  const plan = everywhere(charge(changes), chargeBy)
  expect(freightFen(plan, hangzhou, [goods({ quantity })])).toBe(expected)
})

test.each<[string, Partial<Charge>, number]>([
  ['from this amount on', { freeFromFen: fen(10_000) }, 0],
  ['not a fen below it', { freeFromFen: fen(10_001) }, 1_000],
  ['from so many pieces on', { freeFromCount: 2 }, 0],
  ['either threshold is enough', { freeFromCount: 9, freeFromFen: fen(1) }, 0],
])('free: %s', (_, changes, expected) => {
  const plan = everywhere(charge(changes))
  expect(freightFen(plan, hangzhou, [goods(), goods()])).toBe(expected)
})

test('the most specific region wins, in whatever order the rules stand', () => {
  const plan = {
    chargeBy: 'piece' as const,
    rules: [
      { regions: ['33'], charge: charge({ firstFen: fen(500) }) },
      { regions: ['3301', '3302'], charge: charge({ firstFen: fen(300) }) },
      { regions: ['330106'], charge: charge({ firstFen: fen(100) }) },
      { regions: ['65', '54'], charge: null },
    ],
    elsewhere: charge(),
  }
  const to = (region: string) => freightFen(plan, region, [goods()])
  expect(['330106', '330109', '330402', '440305', '650102'].map(to)).toEqual([
    100,
    300,
    500,
    800,
    null,
  ])
})

const anyCharge = fc.record({
  firstUnits: fc.integer({ min: 1, max: 5_000 }),
  firstFen: fc.nat(5_000).map(fen),
  furtherUnits: fc.integer({ min: 1, max: 5_000 }),
  furtherFen: fc.nat(5_000).map(fen),
  freeFromFen: fc.constant(null),
  freeFromCount: fc.constant(null),
})
const anyGoods = fc.record({
  quantity: fc.integer({ min: 1, max: 99 }),
  weightG: fc.nat(20_000),
  volumeCm3: fc.nat(20_000),
  amountFen: fc.nat(100_000).map(fen),
})
const shipment = fc.record({
  chargeBy: fc.constantFrom(...chargeUnits),
  elsewhere: anyCharge,
  goods: fc.array(anyGoods, { minLength: 1, maxLength: 6 }),
})
const check = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, property), { numRuns: casesMin })

test('sending more never costs less, while nothing becomes free', () => {
  check(fc.tuple(shipment, anyGoods), ([{ goods: some, ...plan }, more]) => {
    const costFen = (items: FreightGoods[]) => freightFen({ ...plan, rules: [] }, hangzhou, items)
    const [first, ...rest] = some
    if (!first) return
    const oneMore = [{ ...first, quantity: first.quantity + 1 }, ...rest]
    expect(costFen(oneMore)).toBeGreaterThanOrEqual(costFen(some) ?? -1)
    expect(costFen([...some, more])).toBeGreaterThanOrEqual(costFen(some) ?? -1)
  })
})

test('the order of goods does not matter, nor how they are split over lines', () => {
  check(shipment, ({ goods: some, ...plan }) => {
    const costFen = (items: FreightGoods[]) => freightFen({ ...plan, rules: [] }, hangzhou, items)
    const apart = some.flatMap(item => [
      { ...item, quantity: item.quantity - 1 },
      { ...item, quantity: 1 },
    ])
    expect(costFen([...some].reverse())).toBe(costFen(some))
    expect(costFen(apart)).toBe(costFen(some))
  })
})
