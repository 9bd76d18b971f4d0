import type { Comment } from '@kaibo/contract/show/chat'
import { type ChatRow, createChatFeed } from '@kaibo/ui/live/chat-feed.ts'
import { ChatList } from '@kaibo/ui/live/chat-list.tsx'
import { useEffect, useState } from 'react'
import type { CommentStore } from '../../comments/comment-store.ts'

/** A phone shows few lines: more than a screen of them is of no use. */
const rowsMax = 30

/** The room's comments over the picture. */
export function CastChat({ store }: { store: CommentStore }) {
  const [feed] = useState(() => createChatFeed<ChatRow>())
  useEffect(() => {
    const show = () => feed.reset(store.items().filter(isShown).slice(-rowsMax).map(rowOf))
    show()
    return store.subscribe(show)
  }, [feed, store])
  return (
    <div className="cast-chat">
      <ChatList feed={feed} />
    </div>
  )
}

const isShown = ({ state }: Comment) => state === 'shown'

const rowOf = ({ id, author, text, role, kind }: Comment): ChatRow => ({
  id,
  author: author.nickname,
  text,
  tone: role === 'host' ? 'host' : kind === 'question' ? 'notice' : 'viewer',
})
