import type { chatApi } from '@kaibo/contract/chat'
import type { Handlers } from '@kaibo/contract/core/handlers'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { ChatNeeds } from './chat.ts'
import { createHandlers } from './routes.ts'
import { countOf } from './store.ts'

export type { ChatNeeds }

export type Chat = {
  readonly handlers: Handlers<typeof chatApi>
  /** Comments that a room ever got. */
  countOf(db: Db, liveId: Id): Promise<number>
}

/** Comments of a room 弹幕. */
export const createChat = (needs: ChatNeeds): Chat => ({
  handlers: createHandlers(needs),
  countOf,
})
