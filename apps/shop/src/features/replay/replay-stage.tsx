import type { Replay } from '@kaibo/contract/media/recording'
import type { LiveRoom } from '@kaibo/contract/show/live'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { ReplayPlayer } from '@kaibo/ui/replay/replay-player.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { type ReactNode, useState } from 'react'
import { DanmakuSky } from '../danmaku/sky.tsx'
import { ReplayTop } from './replay-top.tsx'
import { StageCard } from './stage-card.tsx'
import type { Playback } from './use-playback.ts'
import type { Said } from './use-said.ts'
import { useWords } from './words/use-words.ts'

type ReplayStageProps = {
  room: LiveRoom
  replay: Replay
  isComing: boolean
  isPreview: boolean
  playback: Playback
  startMs: number
  said: Said
  withDanmaku: boolean
  onRetry: () => void
  /** The controls, where there is something to control. */
  children: ReactNode
}

/** The picture, what flies over it, and why it does not move when it does not. */
export function ReplayStage(props: ReplayStageProps) {
  const { room, replay, isPreview, playback, said, withDanmaku, startMs, children } = props
  const words = useWords()
  const format = useFormat()
  const [isWide, setWide] = useState(false)
  return (
    <section className="room-stage" data-shape={isWide ? 'wide' : 'tall'}>
      <ReplayPlayer
        ref={playback.player}
        url={replay.play?.url ?? null}
        startMs={startMs}
        rate={playback.rate}
        muted={playback.isMuted}
        poster={room.coverUrl ?? undefined}
        fit={isWide ? 'contain' : 'cover'}
        label={words('picture', { title: room.title })}
        onPicture={({ width, height }) => setWide(width > height)}
        {...playback.hear}
      />
      <button
        type="button"
        className="replay-tap"
        tabIndex={-1}
        aria-hidden="true"
        onClick={playback.toggle}
      />
      {withDanmaku && <DanmakuSky key={said.jumps} feed={said.feed} />}
      <div className="room-head">
        <ReplayTop room={room} isMuted={playback.isMuted} onSound={playback.toggleSound} />
        <div className="room-chips">
          <span className="room-chip">
            <Icon name="video" />
            {words('title')} · {format.date(room.startedAt ?? room.now)}
          </span>
          {isPreview && replay.state === 'ready' && (
            <span className="room-chip">{words('preview')}</span>
          )}
        </div>
      </div>
      <StageCard {...props} />
      {children}
    </section>
  )
}
