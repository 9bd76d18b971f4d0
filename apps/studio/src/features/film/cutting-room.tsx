import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { ReplayPlayer } from '@kaibo/ui/replay/replay-player.tsx'
import { SeekBar } from '@kaibo/ui/replay/seek-bar.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { chaptersOf, type Plan, planAt, planOf } from './model.ts'
import { PlanForm } from './plan-form.tsx'
import { Suggestions } from './suggestions.tsx'
import type { Film } from './use-film.ts'
import { type Scrub, useScrub } from './use-scrub.ts'

/** The film with its time line, what is worth cutting, and the clip that is being planned. */
export function CuttingRoom({ film, durationMs }: { film: Film; durationMs: number }) {
  const t = useT()
  const scrub = useScrub()
  const [plan, setPlan] = useState<Plan | null>(null)
  const begin = (next: Plan) => {
    setPlan(next)
    scrub.seek(next.fromMs)
  }
  return (
    <>
      <Screen {...{ film, scrub, durationMs }} />
      {plan ? (
        <PlanForm
          {...{ plan, film, durationMs }}
          onPlan={setPlan}
          atMs={scrub.atMs}
          onSeek={scrub.seek}
          onDone={() => setPlan(null)}
        />
      ) : (
        <div>
          <Button icon="plus" onClick={() => begin(planAt(scrub.atMs, durationMs))}>
            {t('film.newClip')}
          </Button>
        </div>
      )}
      <Suggestions film={film} onPlan={suggestion => begin(planOf(suggestion))} />
    </>
  )
}

type ScreenProps = { film: Film; scrub: Scrub; durationMs: number }

/** The picture, where viewers see it too, and its time line. */
function Screen({ film, scrub, durationMs }: ScreenProps) {
  const t = useT()
  const { duration } = useFormat()
  const [isMuted, setMuted] = useState(false)
  const replay = film.replay.data
  const url = replay?.play?.url ?? null
  return (
    <>
      <div className="film-stage">
        {url && (
          <ReplayPlayer
            ref={scrub.player}
            url={url}
            fit="contain"
            startsPaused
            label={t('film.picture')}
            muted={isMuted}
            onMuted={setMuted}
            onState={scrub.setState}
            onTime={scrub.setAtMs}
          />
        )}
      </div>
      <div className="film-line">
        <Button size="s" disabled={!url} onClick={scrub.toggle}>
          {t(scrub.isMoving ? 'film.pause' : 'film.play')}
        </Button>
        <SeekBar
          label={t('film.seek')}
          durationMs={durationMs}
          atMs={scrub.atMs}
          chapters={chaptersOf(replay?.products ?? [])}
          text={duration}
          onSeek={scrub.seek}
        />
        <span className="k-num film-clock">
          {duration(scrub.atMs)} / {duration(durationMs)}
        </span>
      </div>
    </>
  )
}
