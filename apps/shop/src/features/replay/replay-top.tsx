import type { LiveRoom } from '@kaibo/contract/show/live'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { LanguageButton } from '@kaibo/ui/shell/language-button.tsx'
import { useLocation } from 'wouter'
import { FollowButton } from '../follow/follow-button.tsx'
import { useWords } from './words/use-words.ts'

type ReplayTopProps = { room: LiveRoom; isMuted: boolean; onSound: () => void }

/** Whose show it was, the sound, and the ways out. */
export function ReplayTop({ room, isMuted, onSound }: ReplayTopProps) {
  const words = useWords()
  const kitT = useT('ui')
  const [, go] = useLocation()
  return (
    <header className="room-top">
      <div className="room-host">
        <Avatar name={room.host.nickname} src={room.host.avatarUrl} size={36} />
        <div className="room-names">
          <strong>{room.host.nickname}</strong>
          <a href={`/shop/${room.shop.id}`} target="_blank" rel="noreferrer">
            {room.shop.name}
          </a>
        </div>
        <FollowButton shopId={room.shop.id} shopName={room.shop.name} />
      </div>
      <div className="room-tools">
        <IconButton
          icon={isMuted ? 'muted' : 'sound'}
          tone="glass"
          label={isMuted ? words('sound') : kitT('action.mute')}
          onClick={onSound}
        />
        <LanguageButton tone="glass" />
        <IconButton icon="close" tone="glass" label={words('leave')} onClick={() => go('/')} />
      </div>
    </header>
  )
}
