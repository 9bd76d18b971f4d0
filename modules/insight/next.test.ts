import { newId } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Candidate, decideNext } from './next.ts'

const candidate = (change: Partial<Candidate> = {}): Candidate => ({
  productId: newId(),
  title: '龙井',
  number: 1,
  recentClickCount: 0,
  recentCartCount: 0,
  recentOrderCount: 0,
  clickCount: 0,
  orderCount: 0,
  explainedAgoMin: null,
  priceFen: fen(6_800),
  available: 10,
  ...change,
})
const chosen = (...changes: Partial<Candidate>[]) => {
  const next = decideNext(changes.map((change, n) => candidate({ number: n + 1, ...change })))
  return next && [next.number, next.reason]
}

test('what waits in carts comes first, then what was opened, then what sells', () => {
  const carts = { recentCartCount: 5, recentOrderCount: 1, recentClickCount: 5, clickCount: 5 }
  expect(chosen({}, carts)).toEqual([2, 'carts_waiting'])
  expect(chosen({}, { recentClickCount: 3, clickCount: 3 })).toEqual([2, 'clicked_unexplained'])
  const selling = { recentClickCount: 3, clickCount: 9, orderCount: 4, explainedAgoMin: 30 }
  expect(chosen({}, selling)).toEqual([2, 'sells_well'])
})

test('of two that are wanted alike the one that sells, costs more and has rested wins', () => {
  const wanted = { recentClickCount: 5, clickCount: 20, explainedAgoMin: 60 }
  expect(chosen(wanted, { ...wanted, orderCount: 5 })?.[0]).toBe(2)
  expect(chosen(wanted, { ...wanted, priceFen: fen(9_900) })?.[0]).toBe(2)
  expect(chosen({ ...wanted, explainedAgoMin: 3 }, wanted)?.[0]).toBe(2)
  expect(chosen(wanted, wanted)?.[0]).toBe(1)
})

test('where nobody wishes anything the bag is gone through, and then begun again', () => {
  const ago = (explainedAgoMin: number) => ({ explainedAgoMin })
  expect(chosen(ago(2), {}, {})).toEqual([2, 'not_yet'])
  expect(chosen(ago(2), ago(40), ago(9))).toEqual([2, 'long_ago'])
  expect(chosen()).toBeNull()
})

const count = fc.nat(50)
const anyCandidate = fc
  .record({
    recentClickCount: count,
    recentCartCount: count,
    recentOrderCount: count,
    clickCount: count,
    orderCount: count,
    explainedAgoMin: fc.option(fc.nat(90)),
    priceFen: fc.integer({ min: 1, max: 100_000 }).map(fen),
    available: fc.nat(2),
  })
  .map(candidate)

test('whatever the numbers are, nothing sold out is suggested, and something is if it can be', () => {
  fc.assert(
    fc.property(fc.array(anyCandidate, { maxLength: 8 }), given => {
      const bag = given.map((each, n) => ({ ...each, number: n + 1 }))
      const next = decideNext(bag)
      const left = bag.filter(each => each.available > 0)
      expect(next === null).toBe(left.length === 0)
      if (next) expect(left.map(each => each.productId)).toContain(next.productId)
    }),
  )
})

test('more wishes never cost a product its place', () => {
  fc.assert(
    fc.property(fc.array(anyCandidate, { minLength: 1, maxLength: 6 }), count, (given, more) => {
      const bag = given.map((each, n) => ({ ...each, number: n + 1 }))
      const first = decideNext(bag)
      const wished = bag.map(each =>
        each.number === first?.number
          ? { ...each, recentCartCount: each.recentCartCount + more }
          : each,
      )
      expect(decideNext(wished)?.number).toBe(first?.number)
    }),
  )
})
