import type { chatApi } from '@kaibo/contract/chat'
import type { Handlers } from '@kaibo/contract/core/handlers'
import { type ChatNeeds, history, send } from './chat.ts'

export const createHandlers = (needs: ChatNeeds): Handlers<typeof chatApi> => ({
  history: async (_ctx, { id }) => history(needs, id),
  send: async ({ actor }, { id, commentId, text }) =>
    send(needs, actor, { liveId: id, commentId, text }),
})
