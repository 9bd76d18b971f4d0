import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { LikeButton } from '@kaibo/ui/live/hearts.tsx'
import type { ReactNode } from 'react'
import { ShareButton } from '../share/share-button.tsx'
import type { Opened } from './opened.ts'

type RoomBarProps = {
  liveId: string
  /** The field to write in. */
  children: ReactNode
  bagCount: number
  onOpen: (opened: Opened) => void
  likeCount: number
  onLike: () => void
}

/** Write, open the bag, share, see what else there is, like. */
export function RoomBar(props: RoomBarProps) {
  const { liveId, children, bagCount, onOpen, likeCount, onLike } = props
  const t = useT()
  return (
    <footer className="room-bar">
      {children}
      <IconButton
        icon="bag"
        className="room-bag"
        tone="glass"
        label={t('bag.open', { count: bagCount })}
        badge={bagCount || undefined}
        onClick={() => onOpen({ what: 'bag' })}
      />
      <ShareButton liveId={liveId} />
      <IconButton
        icon="more"
        tone="glass"
        label={t('room.menu')}
        onClick={() => onOpen({ what: 'menu' })}
      />
      <LikeButton count={likeCount} onLike={onLike} />
    </footer>
  )
}
