import type { chatApi } from '@kaibo/contract/chat'
import type { Handlers } from '@kaibo/contract/handlers'
import type { createChatUseCases } from './chat.ts'

export const chatHandlers = (
  chat: ReturnType<typeof createChatUseCases>,
): Handlers<typeof chatApi> => ({
  history: (_ctx, { id }) => chat.history(id),
  send: ({ actor }, { id, commentId, text }) => chat.send(actor, { liveId: id, commentId, text }),
})
