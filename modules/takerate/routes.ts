import type { Handlers } from '@kaibo/contract/core/handlers'
import type { takeRateApi } from '@kaibo/contract/offer/takerate'
import { add, list, type TakeRateNeeds, withdraw } from './takerate.ts'

export const createHandlers = (needs: TakeRateNeeds): Handlers<typeof takeRateApi> => ({
  list: async (ctx, query) => list(needs, ctx.actor, query),
  add: async (ctx, rule) => add(needs, ctx.actor, rule),
  withdraw: async (ctx, { id }) => withdraw(needs, ctx.actor, id),
})
