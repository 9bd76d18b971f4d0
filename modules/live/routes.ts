import type { Handlers } from '@kaibo/contract/handlers'
import type { liveApi } from '@kaibo/contract/live'
import type { createLiveUseCases } from './live.ts'

export const liveHandlers = (
  live: ReturnType<typeof createLiveUseCases>,
): Handlers<typeof liveApi> => ({
  feed: (_ctx, { category }) => live.feed(category),
  room: ({ host }, { id }) => live.room(id, host),
  create: ({ actor, host }, input) => live.create(actor, { ...input, host }),
  sessions: ({ actor, host }, query) => live.sessions(actor, { ...query, host }),
  session: ({ actor, host }, at) => live.session(actor, { ...at, host }),
  update: ({ actor, host }, edit) => live.update(actor, { ...edit, host }),
  renewKey: ({ actor, host }, at) => live.renewKey(actor, { ...at, host }),
  health: ({ actor }, at) => live.health(actor, at),
  end: ({ actor, host }, at) => live.end(actor, { ...at, host }),
  recap: ({ actor }, at) => live.recap(actor, at),
})
