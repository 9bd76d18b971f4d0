import type { Handlers } from '@kaibo/contract/handlers'
import type { payApi } from '@kaibo/contract/pay'
import type { createPayUseCases } from './pay.ts'

export const payHandlers = (
  pay: ReturnType<typeof createPayUseCases>,
): Handlers<typeof payApi> => ({
  start: ({ actor }, { id, channel }) => pay.start(actor, { orderId: id, channel }),
  view: ({ actor }, { id }) => pay.view(actor, id),
})
