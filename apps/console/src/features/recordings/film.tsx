import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type ReplayHandle, ReplayPlayer } from '@kaibo/ui/replay/replay-player.tsx'
import { SeekBar } from '@kaibo/ui/replay/seek-bar.tsx'
import type { VodState } from '@kaibo/ui/replay/vod-engine.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useRef, useState } from 'react'
import { recordingsKey } from './model.ts'

/** The film of a session for the platform, also where everybody else sees none. */
export function Film({ id }: { id: string }) {
  const t = useT()
  const sentence = useErrorSentence()
  const { data, error } = useQueryOf([...recordingsKey, 'film', id], () =>
    api.recording.watch({ id }),
  )
  if (error) return <p className="k-muted">{sentence(error)}</p>
  if (!data) return <SkeletonList rows={3} />
  if (!data.play) return <p className="k-muted">{t('recordings.noFilm')}</p>
  return <Screen url={data.play.url} durationMs={data.durationMs} />
}

function Screen({ url, durationMs }: { url: string; durationMs: number }) {
  const t = useT()
  const { duration } = useFormat()
  const player = useRef<ReplayHandle>(null)
  const [state, setState] = useState<VodState>('loading')
  const [atMs, setAtMs] = useState(0)
  const [isMuted, setMuted] = useState(false)
  const isMoving = state === 'playing' || state === 'waiting'
  const toggle = () => (isMoving ? player.current?.pause() : player.current?.play())
  const seek = (ms: number) => {
    setAtMs(ms)
    player.current?.seek(ms)
  }
  return (
    <>
      <div className="recordings-stage">
        <ReplayPlayer
          ref={player}
          url={url}
          fit="contain"
          startsPaused
          label={t('recordings.film')}
          muted={isMuted}
          onMuted={setMuted}
          onState={setState}
          onTime={setAtMs}
        />
      </div>
      <div className="recordings-line">
        <Button size="s" onClick={toggle}>
          {t(isMoving ? 'recordings.pause' : 'recordings.play')}
        </Button>
        <SeekBar
          label={t('recordings.seek')}
          durationMs={durationMs}
          atMs={atMs}
          text={duration}
          onSeek={seek}
        />
        <span className="k-num">
          {duration(atMs)} / {duration(durationMs)}
        </span>
      </div>
    </>
  )
}
