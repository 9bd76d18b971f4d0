import type { LiveRoom } from '@kaibo/contract/show/live'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { ViewerCount } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { LanguageButton } from '@kaibo/ui/shell/language-button.tsx'
import { useLocation } from 'wouter'
import { FollowButton } from '../follow/follow-button.tsx'

type RoomTopProps = {
  room: LiveRoom | undefined
  online: number
  /** Turns the sound off; absent while it is off. */
  onMute?: () => void
}

/** Who is on, how many watch, and the ways out. */
export function RoomTop({ room, online, onMute }: RoomTopProps) {
  const t = useT()
  const kitT = useT('ui')
  const [, go] = useLocation()
  return (
    <header className="room-top">
      {room && (
        <div className="room-host">
          <Avatar
            name={room.host.nickname}
            src={room.host.avatarUrl}
            size={36}
            live={room.state === 'live'}
          />
          <div className="room-names">
            <strong>{room.host.nickname}</strong>
            <a href={`/shop/${room.shop.id}`} target="_blank" rel="noreferrer">
              {room.shop.name}
            </a>
          </div>
          <FollowButton shopId={room.shop.id} shopName={room.shop.name} />
        </div>
      )}
      <div className="room-tools">
        <ViewerCount count={online} />
        {onMute && (
          <IconButton icon="sound" tone="glass" label={kitT('action.mute')} onClick={onMute} />
        )}
        <LanguageButton tone="glass" />
        <IconButton icon="close" tone="glass" label={t('room.leave')} onClick={() => go('/')} />
      </div>
    </header>
  )
}
