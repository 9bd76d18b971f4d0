import { isFailure } from '@kaibo/kernel/fail'
import { type Id, newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, shopTeam } from '@kaibo/testkit/people'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStock } from './index.ts'

const { database, connect } = await testDatabase()
const stock = createStock({ database })
const team = shopTeam()
const { shopId } = team

const skuCount = 3
const orderCount = 5
const order = fc.nat(orderCount - 1)
const lines = fc.uniqueArray(
  fc.record({ sku: fc.nat(skuCount - 1), quantity: fc.integer({ min: 1, max: 4 }) }),
  { selector: line => line.sku, minLength: 1, maxLength: skuCount },
)
const step = fc.oneof(
  fc.record({ do: fc.constant('hold' as const), order, lines }),
  fc.record({ do: fc.constant('release' as const), order }),
  fc.record({ do: fc.constant('ship' as const), order }),
  fc.record({
    do: fc.constant('adjust' as const),
    sku: fc.nat(skuCount - 1),
    delta: fc.integer({ min: -6, max: 6 }),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** What the levels should be: kept in plain objects by the plainest rules. */
function createModel(onHand: number[]) {
  const reserved = onHand.map(() => 0)
  const orders = new Map<number, { lines: { sku: number; quantity: number }[]; ended: boolean }>()
  const at = (list: number[], sku: number) => list[sku] ?? 0
  const available = (sku: number) => at(onHand, sku) - at(reserved, sku)
  const end = (order: number, isShipped: boolean) => {
    const held = orders.get(order)
    if (!held || held.ended) return
    held.ended = true
    for (const { sku, quantity } of held.lines) {
      reserved[sku] = at(reserved, sku) - quantity
      if (isShipped) onHand[sku] = at(onHand, sku) - quantity
    }
  }
  const apply = (move: Step): 'ok' | 'sold_out' | 'below_reserved' => {
    if (move.do === 'release' || move.do === 'ship') end(move.order, move.do === 'ship')
    if (move.do === 'hold' && !orders.has(move.order)) {
      if (move.lines.some(line => line.quantity > available(line.sku))) return 'sold_out'
      orders.set(move.order, { lines: move.lines, ended: false })
      for (const line of move.lines) reserved[line.sku] = at(reserved, line.sku) + line.quantity
    }
    if (move.do === 'adjust') {
      if (available(move.sku) + move.delta < 0) return 'below_reserved'
      onHand[move.sku] = at(onHand, move.sku) + move.delta
    }
    return 'ok'
  }
  return { apply, levels: () => onHand.map((count, sku) => [count, at(reserved, sku)]) }
}

async function openShelf(onHand: readonly number[]) {
  const skuIds = onHand.map(() => newId())
  const orderIds = Array.from({ length: orderCount }, () => newId())
  const idAt = (ids: readonly Id[], index: number) => ids[index] ?? ''
  await database.tx(tx =>
    stock.open(
      tx,
      skuIds.map((skuId, sku) => ({
        skuId,
        productId: newId(),
        shopId,
        onHand: onHand[sku] ?? 0,
        actorId: null,
      })),
    ),
  )
  const run = async (move: Step, on = database): Promise<'ok' | 'sold_out' | 'below_reserved'> => {
    if (move.do === 'adjust') {
      const change = { shopId, skuId: idAt(skuIds, move.sku), id: newId(), note: 'x' }
      return createStock({ database: on })
        .handlers.adjust(ctxOf(team.clerk), { ...change, delta: move.delta })
        .then(() => 'ok' as const)
        .catch((error: unknown) => {
          if (isFailure(error, 'stock.below_reserved')) return 'below_reserved' as const
          throw error
        })
    }
    const orderId = idAt(orderIds, move.order)
    return on.tx(async tx => {
      if (move.do === 'release') await stock.release(tx, [orderId])
      if (move.do === 'ship') await stock.ship(tx, [orderId])
      if (move.do !== 'hold') return 'ok'
      const asked = move.lines.map(line => ({
        skuId: idAt(skuIds, line.sku),
        quantity: line.quantity,
      }))
      const soldOut = await stock.hold(tx, [{ orderId, lines: asked }])
      return soldOut.length > 0 ? 'sold_out' : 'ok'
    })
  }
  const levels = async () => {
    const bySku = await stock.levelsBySku(database.db, skuIds)
    return skuIds.map(id => [bySku.get(id)?.onHand, bySku.get(id)?.reserved])
  }
  return { run, levels }
}

const shelf = fc.array(fc.nat(8), { minLength: skuCount, maxLength: skuCount })

test('after any sequence of steps every level is what the steps add up to', async () => {
  await fc.assert(
    fc.asyncProperty(shelf, fc.array(step, { maxLength: 25 }), async (onHand, steps) => {
      const { run, levels } = await openShelf(onHand)
      const model = createModel([...onHand])
      for (const move of steps) expect(await run(move)).toBe(model.apply(move))
      expect(await levels()).toEqual(model.levels())
    }),
    { numRuns: 60 },
  )
  expect(await stock.check(database.db)).toMatchObject({ ok: true })
})

test('steps of several processes at once leave every level explained by its movements', async () => {
  const processes = [database, connect(), connect()]
  await fc.assert(
    fc.asyncProperty(
      shelf,
      fc.array(step, { minLength: 12, maxLength: 30 }),
      async (onHand, steps) => {
        const { run, levels } = await openShelf(onHand)
        await Promise.all(
          steps.map((move, index) => run(move, processes[index % processes.length])),
        )
        for (const [count = 0, reserved = 0] of await levels()) {
          expect(reserved).toBeGreaterThanOrEqual(0)
          expect(reserved).toBeLessThanOrEqual(count)
        }
      },
    ),
    { numRuns: 20 },
  )
  expect(await stock.check(database.db)).toMatchObject({ ok: true })
})
