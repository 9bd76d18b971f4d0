import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import type { ChatFeed } from '@kaibo/ui/live/chat-feed.ts'
import { LikeButton } from '@kaibo/ui/live/hearts.tsx'
import { CommentForm } from './comment-form.tsx'

type RoomBarProps = {
  liveId: string
  chat: ChatFeed
  bagCount: number
  onBag: () => void
  likeCount: number
  onLike: () => void
}

/** Write, open the bag, like. */
export function RoomBar({ liveId, chat, bagCount, onBag, likeCount, onLike }: RoomBarProps) {
  const t = useT()
  return (
    <footer className="room-bar">
      <CommentForm liveId={liveId} chat={chat} />
      <IconButton
        icon="bag"
        tone="glass"
        label={t('bag.open', { count: bagCount })}
        badge={bagCount || undefined}
        onClick={onBag}
      />
      <LikeButton count={likeCount} onLike={onLike} />
    </footer>
  )
}
