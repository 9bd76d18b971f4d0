import { verdictGiven } from '@kaibo/contract/media/verdict'
import { boardChanged, commentMoved, commentsRemoved } from '@kaibo/contract/show/chat'
import { sanctionMoved, teamChanged } from '@kaibo/contract/show/moderation'
import type { OrderedMessage } from '@kaibo/contract/show/realtime'
import { topics } from '@kaibo/contract/show/topics'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { Account } from '@kaibo/modules/account'
import type { Chat } from '@kaibo/modules/chat'
import type { Live } from '@kaibo/modules/live'
import type { Moderation } from '@kaibo/modules/moderation'
import type { Hub } from '@kaibo/realtime/hub'

export type ModerationBridgeNeeds = {
  hub: Pick<Hub, 'publishOrdered' | 'evict'>
  account: Pick<Account, 'forgetPerson'>
  chat: Pick<Chat, 'boardOf'>
  live: Pick<Live, 'openIdOf'>
  moderation: Pick<Moderation, 'mayEnter'>
}

/** What keeps order in a room, told to its screens; who is put out stops hearing it, in every process. */
export function moderationSubscribers({
  hub,
  account,
  chat,
  live,
  moderation,
}: ModerationBridgeNeeds): Subscriber[] {
  const tell = (topic: string, message: OrderedMessage) => hub.publishOrdered(topic, message)
  return [
    subscriber(boardChanged, {
      consumer: 'screen.board_changed',
      handle: async (tx, { liveId }) =>
        tell(topics.live(liveId), { t: 'chat.board', board: await chat.boardOf(tx, liveId) }),
    }),
    subscriber(commentsRemoved, {
      consumer: 'screen.comments_removed',
      handle: (_tx, { liveId, commentIds }) =>
        tell(topics.live(liveId), { t: 'chat.removed', commentIds }),
    }),
    subscriber(commentMoved, {
      consumer: 'screen.comment_moved',
      handle: (_tx, { authorId, ...comment }) =>
        tell(topics.user(authorId), { t: 'chat.mine', ...comment }),
    }),
    subscriber(sanctionMoved, {
      consumer: 'screen.sanction_moved',
      async handle(tx, { shopId, liveId, userId, kind, until, isActive }) {
        const standing = { shopId, liveId, kind, until, isActive }
        await tell(topics.user(userId), { t: 'room.standing', ...standing })
        const openId = await live.openIdOf(tx, shopId)
        // What holds now counts, not what held when this was written.
        for (const roomId of new Set([liveId, openId ?? liveId]))
          if (!(await moderation.mayEnter({ liveId: roomId, userId })))
            hub.evict(topics.live(roomId), userId)
      },
    }),
    subscriber(verdictGiven, {
      consumer: 'screen.verdict_given',
      handle: (_tx, { shopId, liveId }) =>
        tell(topics.desk(shopId), { t: 'verdict.given', liveId }),
    }),
    subscriber(teamChanged, {
      consumer: 'screen.team_changed',
      async handle(_tx, { shopId, userId }) {
        account.forgetPerson(userId)
        for (const topic of [topics.shop(shopId), topics.desk(shopId)]) hub.evict(topic, userId)
        await tell(topics.user(userId), { t: 'team.changed', shopId })
      },
    }),
  ]
}
