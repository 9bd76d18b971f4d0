import type { Handlers } from '@kaibo/contract/core/handlers'
import type { insightApi } from '@kaibo/contract/show/insight'
import type { createBoard } from './insight.ts'
import type { createSignals } from './signals.ts'

export type RoutesNeeds = {
  board: ReturnType<typeof createBoard>
  signals: ReturnType<typeof createSignals>
}

export const createHandlers = ({ board, signals }: RoutesNeeds): Handlers<typeof insightApi> => ({
  signals: async ({ actor, deviceId }, sent) => {
    await signals.take(actor.kind === 'user' ? actor.userId : deviceId(), sent)
    return { ok: true }
  },
  view: async ({ actor }, { shopId, id }) => board.view(actor, { shopId, liveId: id }),
})
