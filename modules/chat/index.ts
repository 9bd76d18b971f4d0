import type { Handlers } from '@kaibo/contract/core/handlers'
import { type ChatBoard, commentsRemoved } from '@kaibo/contract/show/chat'
import type { chatApi } from '@kaibo/contract/show/chat-api'
import { sanctionMoved } from '@kaibo/contract/show/moderation'
import type { Db } from '@kaibo/db/database'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { removeAllOf } from './desk.ts'
import type { ChatNeeds } from './needs.ts'
import { tellQueues } from './queues.ts'
import { createHandlers } from './routes.ts'
import { type between, countOf, lastOf } from './store.ts'
import { boardOf, type SaidThen, saidIn } from './views.ts'

export type { ChatNeeds, Said } from './needs.ts'
export { createNotices, type Notices, type NoticesNeeds } from './notices.ts'

export type Chat = {
  readonly handlers: Handlers<typeof chatApi>
  /** What to do when somebody was judged, and when comments went. */
  readonly subscribers: readonly Subscriber[]
  /** Comments of a room that are shown. */
  countOf(db: Db, liveId: Id): Promise<number>
  /** What was written last in a room, seen by others or not, newest first: for evidence. */
  lastOf(
    db: Db,
    liveId: Id,
    limit: number,
  ): Promise<{ authorId: Id; text: string; createdAt: Date }[]>
  /** What was written in a stretch of time, oldest first; hidden comments only `withHidden`. */
  saidIn(db: Db, q: Parameters<typeof between>[1]): Promise<SaidThen[]>
  /** What stands above the chat of a room. */
  boardOf(db: Db, liveId: Id): Promise<ChatBoard>
}

/** Comments of a room 弹幕, and how it keeps them in order. */
export const createChat = (needs: ChatNeeds): Chat => ({
  handlers: createHandlers(needs),
  subscribers: [
    subscriber(sanctionMoved, {
      consumer: 'chat.remove_of_sanctioned',
      async handle(tx, sanction) {
        if (sanction.removesComments) await removeAllOf(tx, sanction)
      },
    }),
    subscriber(commentsRemoved, {
      consumer: 'chat.count_queues',
      async handle(tx, { liveId }) {
        const room = await needs.live.facts(tx, liveId)
        if (room) await tellQueues(needs, { shopId: room.shopId, liveId })
      },
    }),
  ],
  countOf,
  saidIn: (db, q) => saidIn(needs, db, q),
  lastOf,
  boardOf: (db, liveId) => boardOf(needs, db, liveId),
})
