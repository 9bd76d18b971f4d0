import { useT } from '@kaibo/ui/i18n.ts'
import { Hearts } from '@kaibo/ui/live/hearts.tsx'
import { Player, type PlayerHandle } from '@kaibo/ui/player/player.tsx'
import { useRef, useState } from 'react'
import { useCode } from '../../shell/use-code.ts'
import type { Scene } from './model.ts'
import type { Opened } from './opened.ts'
import { RoomTop } from './room-top.tsx'
import type { useRoom } from './use-room.ts'
import { WaitingCard } from './waiting-card.tsx'

const fetchEndCard = async () => (await import('./end-card.tsx')).EndCard

type RoomStageProps = {
  room: ReturnType<typeof useRoom>
  scene: Scene
  onLike: () => void
  onOpen: (opened: Opened) => void
}

/** The picture, and what lies on it: who is on, and why nothing moves when nothing moves. */
export function RoomStage({ room: state, scene, onLike, onOpen }: RoomStageProps) {
  const t = useT()
  const EndCard = useCode(fetchEndCard, scene === 'ended' ? 'now' : 'later')
  const player = useRef<PlayerHandle>(null)
  const [isMuted, setMuted] = useState(true)
  const [isWide, setWide] = useState(false)
  const { room, play, likes, online } = state
  return (
    <section className="room-stage" data-shape={isWide ? 'wide' : 'tall'}>
      <Hearts ref={likes.picture} onLike={onLike}>
        <Player
          ref={player}
          sources={play ? { flv: play.flv, llhls: play.llhls } : {}}
          poster={room.data?.coverUrl ?? undefined}
          ended={scene === 'ended'}
          fit={isWide ? 'contain' : 'cover'}
          bare={scene !== 'live'}
          label={t('room.picture', { title: room.data?.title ?? '' })}
          onState={state.onPlayerState}
          onMuted={setMuted}
          onPicture={({ width, height }) => setWide(width > height)}
        />
      </Hearts>
      <RoomTop
        room={room.data}
        online={online}
        {...(isMuted ? {} : { onMute: () => player.current?.mute() })}
      />
      {scene === 'waiting' && room.data && <WaitingCard room={room.data} />}
      {scene === 'away' && (
        <p className="room-away" role="status">
          {t('room.away')}
        </p>
      )}
      {EndCard && scene === 'ended' && room.data && (
        <EndCard
          room={room.data}
          hearts={likes.total}
          onThreads={() => onOpen({ what: 'threads', rootId: null })}
        />
      )}
    </section>
  )
}
