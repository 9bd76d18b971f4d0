import type { PricePart } from '@kaibo/contract/offer/price'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { type Fen, fen, sumFen } from '@kaibo/kernel/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideNewPrice } from './reprice.ts'

type Line = { id: string; payableFen: Fen; parts: PricePart[] }
const orderOf = (payables: readonly number[], shipping = 0) => {
  const lines: Line[] = payables.map(each => ({ id: newId(), payableFen: fen(each), parts: [] }))
  const itemsFen = sumFen(lines.map(line => line.payableFen))
  return {
    lines,
    itemsFen,
    discountFen: fen(0),
    shippingFen: fen(shipping),
    shippingOffFen: fen(0),
  }
}
const ask = (lines: readonly Line[], payables: readonly number[]) =>
  lines.map(({ id }, at) => ({ id, payableFen: fen(payables[at] ?? 0) }))

test('what the shop takes off stands on the line, and can be taken back', () => {
  const order = orderOf([10_000], 800)
  const [line] = order.lines
  const cheap = decideNewPrice(order, { lines: ask(order.lines, [9_000]), shippingFen: fen(0) })
  expect(cheap).toMatchObject({ payableFen: 9_000, discountFen: 1_000, shippingOffFen: 800 })
  expect(cheap.lines[0]?.parts).toMatchObject([{ kind: 'manual', offFen: 1_000 }])
  const back = decideNewPrice(cheap, { lines: ask(order.lines, [10_000]), shippingFen: fen(800) })
  expect(back).toEqual({ ...order, payableFen: 10_800 })
  expect(must(line, 'a line').parts).toEqual([])
})

test('a shop cannot ask for more than before, for nothing, or for a line of another order', () => {
  const order = orderOf([500, 500], 100)
  const wish = (payables: readonly number[], shipping: number) => () =>
    decideNewPrice(order, { lines: ask(order.lines, payables), shippingFen: fen(shipping) })
  expect(wish([501, 1], 0)).toThrow('order.price_refused')
  expect(wish([1, 1], 101)).toThrow('order.price_refused')
  expect(wish([0, 0], 0)).toThrow('order.price_refused')
  expect(wish([0, 1], 0)).not.toThrow()
  const foreign = { lines: [{ id: newId(), payableFen: fen(1) }], shippingFen: fen(0) }
  expect(() => decideNewPrice(order, foreign)).toThrow('order.line_not_found')
})

test('a line has one new price', () => {
  const order = orderOf([500])
  const twice = [...ask(order.lines, [400]), ...ask(order.lines, [300])]
  expect(() => decideNewPrice(order, { lines: twice, shippingFen: fen(0) })).toThrow(
    'order.line_twice',
  )
})

test('however often it changes, every fen is explained', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 5 })
  const wishes = fc.array(fc.array(fc.nat(100_000), { minLength: 6, maxLength: 6 }), {
    maxLength: 5,
  })
  fc.assert(
    fc.property(amounts, wishes, (payables, changes) => {
      const placed = orderOf(payables, 500)
      let order: Parameters<typeof decideNewPrice>[0] = placed
      for (const [shipping = 0, ...wanted] of changes) {
        const lines = order.lines.map(({ id }, at) => ({
          id,
          payableFen: fen(Math.min(wanted[at] ?? 0, payables[at] ?? 0)),
        }))
        const shippingFen = fen(Math.min(shipping, 500))
        if (sumFen([shippingFen, ...lines.map(line => line.payableFen)]) < 1) continue
        order = decideNewPrice(order, { lines, shippingFen })
      }
      for (const [at, line] of order.lines.entries()) {
        const off = sumFen(line.parts.map(part => part.offFen))
        expect(line.payableFen + off).toBe(payables[at])
      }
      expect(order.itemsFen + order.discountFen).toBe(placed.itemsFen)
      expect(order.shippingFen + order.shippingOffFen).toBe(500)
    }),
    { numRuns: 2_000 },
  )
})
