import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type ReplayHandle, ReplayPlayer } from '@kaibo/ui/replay/replay-player.tsx'
import { SeekBar } from '@kaibo/ui/replay/seek-bar.tsx'
import type { VodState } from '@kaibo/ui/replay/vod-engine.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useRef, useState } from 'react'
import { chaptersOf, type Plan, planAt, planOf } from './model.ts'
import { PlanForm } from './plan-form.tsx'
import { Suggestions } from './suggestions.tsx'
import type { Film } from './use-film.ts'

/** The film with its time line, what is worth cutting, and the clip that is being planned. */
export function CuttingRoom({ film, durationMs }: { film: Film; durationMs: number }) {
  const t = useT()
  const { duration } = useFormat()
  const player = useRef<ReplayHandle>(null)
  const [state, setState] = useState<VodState>('loading')
  const [isMuted, setMuted] = useState(false)
  const [atMs, setAtMs] = useState(0)
  const [plan, setPlan] = useState<Plan | null>(null)
  const replay = film.replay.data
  const url = replay?.play?.url ?? null
  const seek = (ms: number) => {
    setAtMs(ms)
    player.current?.seek(ms)
  }
  const begin = (next: Plan) => {
    setPlan(next)
    seek(next.fromMs)
  }
  const isMoving = state === 'playing' || state === 'waiting'
  return (
    <>
      <div className="film-stage">
        {url ? (
          <ReplayPlayer
            ref={player}
            url={url}
            fit="contain"
            startsPaused
            label={t('film.picture')}
            muted={isMuted}
            onMuted={setMuted}
            onState={setState}
            onTime={setAtMs}
          />
        ) : (
          <p className="film-dark">{t('film.hidden')}</p>
        )}
      </div>
      <div className="film-line">
        <Button
          size="s"
          disabled={!url}
          onClick={() => (isMoving ? player.current?.pause() : player.current?.play())}
        >
          {t(isMoving ? 'film.pause' : 'film.play')}
        </Button>
        <SeekBar
          label={t('film.seek')}
          durationMs={durationMs}
          atMs={atMs}
          chapters={chaptersOf(replay?.products ?? [])}
          text={duration}
          onSeek={seek}
        />
        <span className="k-num film-clock">
          {duration(atMs)} / {duration(durationMs)}
        </span>
      </div>
      {plan ? (
        <PlanForm
          plan={plan}
          onPlan={setPlan}
          film={film}
          atMs={atMs}
          durationMs={durationMs}
          onSeek={seek}
          onDone={() => setPlan(null)}
        />
      ) : (
        <div>
          <Button icon="plus" onClick={() => begin(planAt(atMs, durationMs))}>
            {t('film.newClip')}
          </Button>
        </div>
      )}
      <Suggestions film={film} onPlan={suggestion => begin(planOf(suggestion))} />
    </>
  )
}
