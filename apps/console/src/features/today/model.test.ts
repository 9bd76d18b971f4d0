import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { byKind } from './model.ts'

const source = (kind: 'live' | 'shop', id: string | null, paidFen: number) => ({
  ...{ kind, id, orderCount: 1 },
  paidFen: fen(paidFen),
  refundedFen: fen(0),
})

test('rooms are summed up, the greatest kind comes first, and the parts make the whole', () => {
  const items = [source('shop', null, 100), source('live', 'a', 200), source('live', 'b', 100)]
  const totals = byKind({ items, orderCount: 3, paidFen: fen(400), refundedFen: fen(0) })
  expect(totals).toEqual([
    { kind: 'live', orderCount: 2, paidFen: 300, share: 75 },
    { kind: 'shop', orderCount: 1, paidFen: 100, share: 25 },
  ])
})

test('a shop that sold nothing has no sources', () => {
  expect(byKind({ items: [], orderCount: 0, paidFen: fen(0), refundedFen: fen(0) })).toEqual([])
})
