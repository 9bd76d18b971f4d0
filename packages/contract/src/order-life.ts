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
