import type { Handlers } from '@kaibo/contract/core/handlers'
import type { liveApi } from '@kaibo/contract/show/live-api'
import type { LiveNeeds } from './needs.ts'
import type { PublishTickets } from './proof/publish-ticket.ts'
import type { RoomTokens } from './proof/room-token.ts'
import { recap } from './recap.ts'
import { feed, room, token } from './room.ts'
import * as session from './session.ts'

export const createHandlers = (
  needs: LiveNeeds & { tokens: RoomTokens; tickets: PublishTickets },
): Handlers<typeof liveApi> => ({
  feed: async (_ctx, { category }) => feed(needs, category),
  room: async ({ host }, { id }) => room(needs, { id, host }),
  token: async ({ actor }, { liveId }) => token(needs, actor, liveId),
  create: async ({ actor, host }, wanted) => session.create(needs, actor, { ...wanted, host }),
  sessions: async ({ actor, host }, query) => session.listOfShop(needs, actor, { ...query, host }),
  session: async ({ actor, host }, at) => session.view(needs, actor, { ...at, host }),
  update: async ({ actor, host }, edit) => session.update(needs, actor, { ...edit, host }),
  renewKey: async ({ actor, host }, at) => session.renewKey(needs, actor, { ...at, host }),
  publishTicket: async ({ actor, host }, at) =>
    session.publishTicket(needs, actor, { ...at, host }),
  health: async ({ actor }, at) => session.health(needs, actor, at),
  end: async ({ actor, host }, at) => session.end(needs, actor, { ...at, host }),
  reopen: async ({ actor, host }, at) => session.reopen(needs, actor, { ...at, host }),
  recap: async ({ actor }, at) => recap(needs, actor, at),
})
