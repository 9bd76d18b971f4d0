import type { Comment } from '@kaibo/contract/chat'
import { api } from '@kaibo/ui/data/api.tsx'
import { createChatFeed } from '@kaibo/ui/live/chat-feed.ts'
import { useState } from 'react'
import { afterComment, afterHistory, emptyTally, rowOf } from './model.ts'

/** The comments of a room, and how many there were. */
export function useChat(liveId: string) {
  const [feed] = useState(() => createChatFeed())
  const [tally, setTally] = useState(emptyTally)
  return {
    feed,
    commentCount: tally.ids.size,
    isAtLeast: tally.isAtLeast,
    async reload() {
      const { items } = await api.chat.history({ id: liveId })
      feed.reset(items.map(rowOf))
      setTally(before =>
        afterHistory(
          before,
          items.map(({ id }) => id),
        ),
      )
    },
    take(comment: Comment) {
      feed.push(rowOf(comment))
      setTally(before => afterComment(before, comment.id))
    },
  }
}
