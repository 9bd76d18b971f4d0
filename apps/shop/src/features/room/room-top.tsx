import type { LiveRoom } from '@kaibo/contract/live'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { ViewerCount } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useLocation } from 'wouter'
import { LanguageButton } from '../../shell/language-button.tsx'

/** Who is on, how many watch, and the ways out. */
export function RoomTop({ room, online }: { room: LiveRoom | undefined; online: number }) {
  const t = useT()
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
          <div>
            <strong>{room.host.nickname}</strong>
            <a href={`/shop/${room.shop.id}`} target="_blank" rel="noreferrer">
              {room.shop.name}
            </a>
          </div>
        </div>
      )}
      <ViewerCount count={online} />
      <LanguageButton tone="glass" />
      <IconButton icon="close" tone="glass" label={t('room.leave')} onClick={() => go('/')} />
    </header>
  )
}
