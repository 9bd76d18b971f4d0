import type { ChatBoard } from '@kaibo/contract/show/chat'
import type { OrderedMessage, SocialMessage } from '@kaibo/contract/show/realtime'
import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSoon } from '../../shell/use-soon.ts'
import { type MyShop, may } from '../account/model.ts'
import { createCommentStore } from './comment-store.ts'
import { badgeOf, boardKey, heldKey, type Keeper, questionsKey } from './model.ts'
import type { Notice } from './notice-line.tsx'

/** A burst of questions is one look at the queue. */
const queueMs = 500

/**
 * The comments of a room, the board above them, and what waits: open questions and held comments.
 * `hear` takes the messages of the room's topic, `reload` the snapshot after a gap.
 */
export function useComments({ shop, liveId }: { shop: MyShop; liveId: string }) {
  const cache = useQueryClient()
  const keeper = useKeeper(shop)
  const [store] = useState(createCommentStore)
  const [notice, setNotice] = useState<Notice | null>(null)
  const [isLoaded, setLoaded] = useState(false)
  const ask = { shopId: shop.id, id: liveId, limit: 50 }
  const options = { enabled: keeper.moderates }
  const questions = useQueryOf(
    questionsKey(liveId),
    () => api.chat.questions({ ...ask, isAnswered: false }),
    options,
  )
  const held = useQueryOf(
    heldKey(liveId),
    () => api.chat.reviewList({ ...ask, view: 'held' }),
    options,
  )
  // Told by the room, so there is no question to ask for it alone.
  const board = useQueryOf<ChatBoard | null>(boardKey(liveId), async () => null, {
    enabled: false,
  })
  const setBoard = (next: ChatBoard) => cache.setQueryData(boardKey(liveId), next)
  const lookAgain = useSoon(() => {
    void questions.refetch()
    void held.refetch()
  }, queueMs)

  useTopic(keeper.moderates ? topics.desk(shop.id) : null, {
    onResync: async () => lookAgain(),
    onSocial: message => message.t === 'desk.queues' && message.liveId === liveId && lookAgain(),
  })
  return {
    store,
    /** What was said before is there. */
    isLoaded,
    keeper,
    questions,
    held,
    board: board.data ?? null,
    setBoard,
    notice,
    async reload() {
      const { items, board: fresh } = await api.chat.history({ id: liveId })
      store.restore(items)
      setLoaded(true)
      setBoard(fresh)
      if (keeper.moderates) lookAgain()
    },
    hearOrdered(message: OrderedMessage) {
      if (message.t === 'chat.board') setBoard(message.board)
      if (message.t === 'chat.removed') {
        store.remove(message.commentIds)
        lookAgain()
      }
    },
    hearSocial(message: SocialMessage) {
      if (message.t === 'room.notice') setNotice(message)
      if (message.t === 'chat.comment') {
        store.push(message.comment)
        if (message.comment.kind === 'question') lookAgain()
      }
      if (message.t === 'chat.answered') {
        store.change(message.commentId, { isAnswered: message.isAnswered })
        lookAgain()
      }
    },
  }
}

export type CommentsState = ReturnType<typeof useComments>

/** Who sits at the desk of this shop. */
function useKeeper(shop: MyShop): Keeper {
  const { user } = useMe()
  return {
    userId: user?.id ?? '',
    role: badgeOf(shop.role),
    assists: may(shop, 'room.assist'),
    moderates: may(shop, 'room.moderate'),
    hosts: may(shop, 'live.host'),
  }
}
