import type { Recording } from '@kaibo/contract/media/recording'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Skeleton } from '@kaibo/ui/feedback/skeleton.tsx'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { ClipList } from './clip-list.tsx'
import { CuttingRoom } from './cutting-room.tsx'
import './film.css'
import { type Film, useFilm } from './use-film.ts'

/** The replay of a show: who may see it, and what to cut out of it. */
export function FilmCard({ shopId, liveId }: { shopId: string; liveId: string }) {
  const t = useT()
  const film = useFilm({ shopId, liveId })
  const { recording, clips } = film
  const failed = [recording, clips].find(({ error, data }) => error !== null && !data)
  return (
    <section className="k-card film" aria-labelledby="film-title">
      <h2 id="film-title">{t('film.title')}</h2>
      {failed && <QueryError of={failed} />}
      {!failed && !recording.data && <Skeleton height="240px" />}
      {recording.data && <Kept recording={recording.data} film={film} />}
      {clips.data && <ClipList clips={clips.data.items} film={film} />}
      {recording.data?.state === 'ready' && <Settings recording={recording.data} film={film} />}
    </section>
  )
}

/** The platform ended the show: there is a recording, and nobody of the shop sees it. */
const isStopped = ({ replay }: Film) => replay.data !== undefined && replay.data.play === null

function Kept({ recording, film }: { recording: Recording; film: Film }) {
  const t = useT()
  const { state } = recording
  if (state === 'ready' && isStopped(film))
    return <p className="film-none k-muted">{t('film.stopped')}</p>
  if (state === 'ready') return <CuttingRoom film={film} durationMs={recording.durationMs} />
  const isMaking = state === 'recording' || state === 'making'
  return (
    <p className="film-none k-muted" role="status">
      {isMaking && <Spinner />}
      {t(`film.state.${isMaking ? 'making' : state}`)}
    </p>
  )
}

/** Who may see it and keep it, and for how long it is there. */
function Settings({ recording, film }: { recording: Recording; film: Film }) {
  const t = useT()
  const format = useFormat()
  const { liveId, isPublic, mayDownload, keepUntil, retention } = recording
  const kept = keepUntil && (
    <p className="k-muted">{t(`film.keep.${retention}`, { date: format.date(keepUntil) })}</p>
  )
  // What nobody can watch needs no switches.
  if (isStopped(film)) return kept
  return (
    <div className="film-settings">
      <Switch
        label={t('film.isPublic')}
        hint={t('film.isPublicHint')}
        checked={isPublic}
        busy={film.set.busy}
        onChange={next => film.set.run({ isPublic: next })}
      />
      <p className="film-preview">
        <a
          className="k-button"
          data-tone="quiet"
          data-size="s"
          href={`/live/${liveId}/replay?preview`}
          target="_blank"
          rel="noreferrer"
        >
          <Icon name="eye" />
          {t('film.preview')}
        </a>
        {!isPublic && <small className="k-muted">{t('film.previewHint')}</small>}
      </p>
      <Switch
        label={t('film.mayDownload')}
        hint={t('film.mayDownloadHint')}
        checked={mayDownload}
        busy={film.set.busy}
        onChange={next => film.set.run({ mayDownload: next })}
      />
      {kept}
    </div>
  )
}
