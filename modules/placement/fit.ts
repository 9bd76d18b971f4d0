import type { Id } from '@kaibo/kernel/ids'
import type { Hold, Parcelled, Taking } from './store.ts'

/** What there was when somebody looked, by {@link levelKeyOf} and {@link limitKeyOf}. */
export type Seen = {
  available: ReadonlyMap<string, number>
  taken: ReadonlyMap<string, number>
  /** Order ids that are in use. */
  known: ReadonlySet<Id>
}
/** short = these are what there was too little of. */
export type Unfit = { is: 'taken' } | { is: 'short'; skuIds: Id[]; limitIds: Id[] }

export const levelKeyOf = ({ skuId, poolId }: Hold): string => `${skuId} ${poolId}`
export const limitKeyOf = ({ limitId, buyerId }: Taking): string => `${limitId} ${buyerId}`

/**
 * Those of a group that cannot be placed. First come, first served: one that does not fit leaves its
 * goods and limits to those after it.
 */
export function unfitOf(group: readonly Parcelled[], seen: Seen): Map<Parcelled, Unfit> {
  const available = new Map(seen.available)
  const taken = new Map(seen.taken)
  const unfit = new Map<Parcelled, Unfit>()
  for (const member of group) {
    if (member.orderIds.some(id => seen.known.has(id))) {
      unfit.set(member, { is: 'taken' })
      continue
    }
    const holds = summed(member.holds, levelKeyOf)
    const takings = summed(member.takings, limitKeyOf)
    const short = holds.filter(({ key, quantity }) => quantity > (available.get(key) ?? 0))
    const over = takings.filter(
      ({ key, quantity, row }) => quantity + (taken.get(key) ?? 0) > row.max,
    )
    if (short.length + over.length > 0) {
      const skuIds = [...new Set(short.map(({ row }) => row.skuId))]
      const limitIds = [...new Set(over.map(({ row }) => row.limitId))]
      unfit.set(member, { is: 'short', skuIds, limitIds })
      continue
    }
    for (const { key, quantity } of holds) available.set(key, (available.get(key) ?? 0) - quantity)
    for (const { key, quantity } of takings) taken.set(key, (taken.get(key) ?? 0) + quantity)
  }
  return unfit
}

export type Sum<Row> = { key: string; row: Row; rows: Row[]; quantity: number }

/** Rows of the same key together, with what they come to. */
export function summed<Row extends { quantity: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Sum<Row>[] {
  const sums = new Map<string, Sum<Row>>()
  for (const row of rows) {
    const key = keyOf(row)
    const sum = sums.get(key)
    if (sum) {
      sum.rows.push(row)
      sum.quantity += row.quantity
    } else sums.set(key, { key, row, rows: [row], quantity: row.quantity })
  }
  return [...sums.values()]
}
