import type { Handlers } from '@kaibo/contract/core/handlers'
import type { payApi } from '@kaibo/contract/trade/pay'
import type { PayNeeds } from './needs.ts'
import { start, view } from './start.ts'

export const createHandlers = (needs: PayNeeds): Handlers<typeof payApi> => ({
  start: async ({ actor }, wanted) => start(needs, actor, wanted),
  view: async ({ actor }, { id }) => view(needs, actor, id),
})
