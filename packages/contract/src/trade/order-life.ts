import { machine } from '@kaibo/kernel/machine'

/** R1. Shared by server, buttons and diagrams; without schemas, so that pages may import it. */
export const orderLife = machine('pending', {
  pending: { pay: 'paid', close: 'closed' },
  paid: { shipPart: 'part_shipped', ship: 'shipped', close: 'closed' },
  part_shipped: { ship: 'shipped' },
  shipped: { complete: 'completed' },
  completed: {},
  closed: {},
})

type State = (typeof orderLife.states)[number]

/** Counts of states as found, with a zero for those that were not. */
export function countsByState(
  rows: Iterable<{ state: State; count: number }>,
): Record<State, number> {
  const counts = { pending: 0, paid: 0, part_shipped: 0, shipped: 0, completed: 0, closed: 0 }
  for (const { state, count } of rows) counts[state] += count
  return counts
}

const way = ['paid', 'shipped', 'completed'] as const

/** What is still to come of an order's way; a closed one has nothing to come. */
export function stepsToCome(state: State): (typeof way)[number][] {
  if (state === 'closed') return []
  if (state === 'part_shipped') return ['shipped', 'completed']
  return way.slice(state === 'pending' ? 0 : way.indexOf(state) + 1)
}
