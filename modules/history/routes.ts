import type { Handlers } from '@kaibo/contract/core/handlers'
import type { historyApi } from '@kaibo/contract/people/history'
import * as history from './history.ts'

const done = { ok: true } as const

export const createHandlers = (needs: history.HistoryNeeds): Handlers<typeof historyApi> => ({
  list: async ({ actor }) => history.list(needs, actor),
  record: async ({ actor }, { productId }) => {
    await history.record(needs, actor, productId)
    return done
  },
  forget: async ({ actor }, { productId }) => {
    await history.forget(needs, actor, productId)
    return done
  },
  clear: async ({ actor }) => {
    await history.clear(needs, actor)
    return done
  },
})
