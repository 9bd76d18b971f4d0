import { isFailure } from '@kaibo/kernel/fail'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideAdjust, decideHolds, type Hold, onHandMax } from './rules.ts'

const skuIds = ['tea', 'cup', 'honey']
const levels = fc
  .tuple(fc.nat(12), fc.nat(12), fc.nat(12))
  .map(counts => new Map(skuIds.map((skuId, index) => [skuId, counts[index] ?? 0])))
const holds = fc
  .array(
    fc.array(
      fc.record({ skuId: fc.constantFrom(...skuIds), quantity: fc.integer({ min: 1, max: 5 }) }),
      { minLength: 1, maxLength: 3 },
    ),
    { maxLength: 12 },
  )
  .map(orders =>
    orders.map(
      (lines, index): Hold => ({
        orderId: `order-${index}`,
        lines: [...new Map(lines.map(line => [line.skuId, line])).values()],
      }),
    ),
  )

const heldOf = (held: readonly Hold[], skuId: string) =>
  held
    .flatMap(hold => hold.lines)
    .filter(line => line.skuId === skuId)
    .reduce((sum, line) => sum + line.quantity, 0)

test('no set of orders takes more than there is', () => {
  fc.assert(
    fc.property(levels, holds, (available, asked) => {
      const { held } = decideHolds(available, asked)
      for (const skuId of skuIds)
        expect(heldOf(held, skuId)).toBeLessThanOrEqual(available.get(skuId) ?? 0)
    }),
    { numRuns: 2_000 },
  )
})

test('deciding many orders at once is the same as one after the other', () => {
  fc.assert(
    fc.property(levels, holds, (available, asked) => {
      const left = new Map(available)
      const oneByOne = asked.filter(hold => {
        const { held } = decideHolds(left, [hold])
        for (const line of held.flatMap(each => each.lines))
          left.set(line.skuId, (left.get(line.skuId) ?? 0) - line.quantity)
        return held.length === 1
      })
      expect(decideHolds(available, asked).held).toEqual(oneByOne)
    }),
    { numRuns: 2_000 },
  )
})

test('every order is either held whole or named with what is too few for it', () => {
  fc.assert(
    fc.property(levels, holds, (available, asked) => {
      const { held, soldOut } = decideHolds(available, asked)
      const orderIds = [...held, ...soldOut].map(each => each.orderId)
      expect(orderIds.toSorted()).toEqual(asked.map(hold => hold.orderId).toSorted())
      expect(soldOut.every(each => each.skuIds.length > 0)).toBe(true)
    }),
  )
})

test('a SKU without stock is sold out', () => {
  const asked = [{ orderId: 'order', lines: [{ skuId: 'nothing', quantity: 1 }] }]
  expect(decideHolds(new Map(), asked).soldOut).toEqual([{ orderId: 'order', skuIds: ['nothing'] }])
})

test.each([
  [{ onHand: 5, reserved: 2 }, -4, 'stock.below_reserved'],
  [{ onHand: 5, reserved: 2 }, -3, 'ok'],
  [{ onHand: onHandMax - 1, reserved: 0 }, 1, 'ok'],
  [{ onHand: onHandMax, reserved: 0 }, 1, 'request.invalid'],
])('with %o, a change by %i is %s', (level, delta, outcome) => {
  const decide = () => decideAdjust(level, delta)
  if (outcome === 'ok') expect(decide).not.toThrow()
  else expect(decide).toThrow(expect.toSatisfy(error => isFailure(error, outcome)))
})
