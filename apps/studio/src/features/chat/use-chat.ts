import type { Comment } from '@kaibo/contract/chat'
import { api } from '@kaibo/ui/data/api.tsx'
import { createChatFeed } from '@kaibo/ui/live/chat-feed.ts'
import { useRef, useState } from 'react'
import { useSoon } from '../../shell/use-soon.ts'
import { afterComment, afterHistory, emptyTally, rowOf } from './model.ts'

/** A busy room counts up a few times a second, not with every comment. */
const countMs = 300

/** The comments of a room, and how many there were. */
export function useChat(liveId: string) {
  const [feed] = useState(() => createChatFeed())
  const counting = useRef(emptyTally)
  const [tally, setTally] = useState(emptyTally)
  const showCount = useSoon(() => setTally(counting.current), countMs)
  return {
    feed,
    commentCount: tally.ids.size,
    isAtLeast: tally.isAtLeast,
    async reload() {
      const { items } = await api.chat.history({ id: liveId })
      feed.reset(items.map(rowOf))
      counting.current = afterHistory(
        counting.current,
        items.map(({ id }) => id),
      )
      setTally(counting.current)
    },
    take(comment: Comment) {
      feed.push(rowOf(comment))
      counting.current = afterComment(counting.current, comment.id)
      showCount()
    },
  }
}
