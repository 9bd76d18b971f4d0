import { machine } from '@kaibo/kernel/machine'

/** R1. Shared by server, buttons and diagrams; without schemas, so that pages may import it. */
export const orderLife = machine('pending', {
  pending: { pay: 'paid', close: 'closed' },
  paid: { ship: 'shipped' },
  shipped: { complete: 'completed' },
  completed: {},
  closed: {},
})
