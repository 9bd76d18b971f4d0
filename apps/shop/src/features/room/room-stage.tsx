import { useT } from '@kaibo/ui/i18n.ts'
import { Hearts } from '@kaibo/ui/live/hearts.tsx'
import { Player, type PlayerHandle } from '@kaibo/ui/player/player.tsx'
import type { PlayerSources } from '@kaibo/ui/player/sources.ts'
import { useRef, useState } from 'react'
import { useCode } from '../../shell/use-code.ts'
import { WaitingCard } from './cards/waiting-card.tsx'
import type { Scene } from './model.ts'
import type { Opened } from './opened.ts'
import { RoomTop } from './room-top.tsx'
import type { useRoom } from './use-room.ts'

const fetchChips = async () => (await import('./room-chips.tsx')).RoomChips
const fetchSky = async () => (await import('../danmaku/sky.tsx')).DanmakuSky
const fetchExileCard = async () => (await import('./cards/exile-card.tsx')).ExileCard
const fetchEndCard = async () => (await import('./cards/end-card.tsx')).EndCard

const nothing: PlayerSources = []

type RoomStageProps = {
  liveId: string
  room: ReturnType<typeof useRoom>
  scene: Scene
  onLike: () => void
  onOpen: (opened: Opened) => void
  withDanmaku: boolean
}

/** The picture, and what lies on it: who is on, and why nothing moves when nothing moves. */
export function RoomStage(props: RoomStageProps) {
  const { liveId, room: state, scene, onLike, onOpen, withDanmaku } = props
  const t = useT()
  const player = useRef<PlayerHandle>(null)
  const [isMuted, setMuted] = useState(true)
  const [isWide, setWide] = useState(false)
  const { room, likes, online, chat } = state
  // The picture comes first, where there is one.
  const hasTime = state.playerState === 'playing' || scene !== 'live'
  const RoomChips = useCode(fetchChips, hasTime ? 'soon' : 'later')
  const DanmakuSky = useCode(fetchSky, withDanmaku ? 'now' : 'later')
  return (
    <section className="room-stage" data-shape={isWide ? 'wide' : 'tall'}>
      <Hearts ref={likes.picture} onLike={onLike}>
        <Player
          ref={player}
          sources={scene === 'out' ? nothing : state.sources}
          quality={state.quality}
          hostAway={scene === 'away'}
          poster={room.data?.coverUrl ?? undefined}
          ended={scene === 'ended'}
          fit={isWide ? 'contain' : 'cover'}
          bare={scene !== 'live'}
          label={t('room.picture', { title: room.data?.title ?? '' })}
          onState={state.onPlayerState}
          onMuted={setMuted}
          onUnchosen={state.onUnchosen}
          onPicture={({ width, height }) => setWide(width > height)}
        />
      </Hearts>
      {DanmakuSky && withDanmaku && <DanmakuSky feed={chat.feed} />}
      <div className="room-head">
        <RoomTop
          room={room.data}
          online={online}
          {...(isMuted ? {} : { onMute: () => player.current?.mute() })}
        />
        <div className="room-chips">
          {RoomChips && scene !== 'ended' && scene !== 'out' && (
            <RoomChips liveId={liveId} room={state} onOpen={onOpen} />
          )}
        </div>
      </div>
      <StageCards {...props} />
    </section>
  )
}

/** Why there is no picture, and what can be done. */
function StageCards({ room: state, scene, onOpen }: RoomStageProps) {
  const t = useT()
  const { room, likes, sale, chat } = state
  const { exile, setExile } = chat
  const ExileCard = useCode(fetchExileCard, exile ? 'now' : 'later')
  const EndCard = useCode(fetchEndCard, scene === 'ended' ? 'now' : 'later')
  if (!room.data) return null
  if (scene === 'waiting') return <WaitingCard room={room.data} />
  if (scene === 'away') {
    return (
      <p className="room-away" role="status">
        {t('room.away')}
      </p>
    )
  }
  if (scene === 'out' && ExileCard && exile) {
    return <ExileCard exile={exile} offsetMs={sale.offsetMs} onOver={() => setExile(null)} />
  }
  if (scene !== 'ended' || !EndCard) return null
  const openThreads = () => onOpen({ what: 'threads', rootId: null })
  return <EndCard room={room.data} hearts={likes.total} onThreads={openThreads} />
}
