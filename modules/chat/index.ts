import type { Comment, chatApi } from '@kaibo/contract/chat'
import type { Handlers } from '@kaibo/contract/handlers'
import type { Database, Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Account } from '../account/index.ts'
import type { Live } from '../live/index.ts'
import { createChatUseCases } from './chat.ts'
import { chatHandlers } from './routes.ts'

export type ChatNeeds = {
  readonly database: Database
  readonly live: Pick<Live, 'facts'>
  readonly account: Pick<Account, 'peopleByIds'>
  /** Shows a stored comment to the room; lossy, never awaited. */
  readonly say: (said: { liveId: Id; authorId: Id; comment: Comment }) => void
  /** Whether this person may write again already. */
  readonly mayWrite: (userId: Id) => boolean
}

export type Chat = {
  readonly handlers: Handlers<typeof chatApi>
  countOf(db: Db, liveId: Id): Promise<number>
}

/** Comments of a room 弹幕. */
export function createChat(needs: ChatNeeds): Chat {
  const useCases = createChatUseCases(needs)
  return { handlers: chatHandlers(useCases), countOf: useCases.countOf }
}
