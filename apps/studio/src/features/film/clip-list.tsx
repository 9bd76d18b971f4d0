import type { Clip } from '@kaibo/contract/media/clip'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import type { Film } from './use-film.ts'

type ClipListProps = { clips: readonly Clip[]; film: Film }

/** What was cut out of the show, where it is shown, and what went wrong. */
export function ClipList({ clips, film }: ClipListProps) {
  const t = useT()
  const [watched, setWatched] = useState<Clip | null>(null)
  const [dropped, setDropped] = useState<Clip | null>(null)
  if (clips.length === 0) return null
  return (
    <section className="film-clips">
      <h3>{t('film.clips')}</h3>
      <ul>
        {clips.map(clip => (
          <ClipRow key={clip.id} {...{ clip, film }} onWatch={setWatched} onDrop={setDropped} />
        ))}
      </ul>
      <Sheet open={watched !== null} onClose={() => setWatched(null)} title={watched?.title ?? ''}>
        {watched?.videoUrl && (
          <div className="k-stack">
            <video
              className="film-video"
              src={watched.videoUrl}
              poster={watched.posterUrl ?? undefined}
              controls
              muted={false}
              autoPlay
              playsInline
              aria-label={watched.title}
            />
            <a
              className="k-button"
              data-tone="quiet"
              href={watched.videoUrl}
              download={`${watched.title}.mp4`}
            >
              <Icon name="download" />
              {t('film.save')}
            </a>
          </div>
        )}
      </Sheet>
      <Dialog
        open={dropped !== null}
        tone="danger"
        title={t('film.removeTitle', { title: dropped?.title })}
        confirmLabel={t('film.remove')}
        busy={film.remove.busy}
        onClose={() => setDropped(null)}
        onConfirm={() => {
          if (dropped) film.remove.run(dropped.id)
          setDropped(null)
        }}
      >
        {t('film.removeHint')}
      </Dialog>
    </section>
  )
}

type ClipRowProps = {
  clip: Clip
  film: Film
  onWatch: (clip: Clip) => void
  onDrop: (clip: Clip) => void
}

function ClipRow({ clip, film, onWatch, onDrop }: ClipRowProps) {
  const t = useT()
  const { duration } = useFormat()
  const isReady = clip.state === 'ready'
  return (
    <li className="film-clip">
      <button
        type="button"
        className="film-poster"
        disabled={!isReady}
        aria-label={t('film.watch', { title: clip.title })}
        onClick={() => onWatch(clip)}
      >
        {clip.posterUrl && <img src={clip.posterUrl} alt="" loading="lazy" />}
        {isReady && <Icon name="play" />}
        {(clip.state === 'waiting' || clip.state === 'cutting') && <Spinner />}
      </button>
      <span className="film-words">
        <strong className="k-clamp" style={{ '--lines': 2 }}>
          {clip.title}
        </strong>
        <small className="k-muted k-num">
          {duration(clip.fromMs)} · {duration(clip.durationMs ?? clip.toMs - clip.fromMs)}
        </small>
        <Fate clip={clip} film={film} />
      </span>
      {isReady && (
        <Switch
          label={t(clip.productId ? 'film.published' : 'film.publishedReplay')}
          checked={clip.isPublished}
          busy={film.publish.busy}
          onChange={isPublished => film.publish.run({ id: clip.id, isPublished })}
        />
      )}
      <IconButton
        icon="trash"
        label={t('film.removeOf', { title: clip.title })}
        onClick={() => onDrop(clip)}
      />
    </li>
  )
}

/** What a clip waits for, or why there is none and what helps. */
function Fate({ clip, film }: Pick<ClipRowProps, 'clip' | 'film'>) {
  const t = useT()
  const { state, failure, mode, id } = clip
  if (state === 'waiting' || state === 'cutting')
    return <small className="k-muted">{t(`film.clip.${state}`)}</small>
  if (state !== 'failed') return null
  // What cannot be copied can be encoded anew.
  const next = failure === 'changed' || failure === 'too_large' ? 'exact' : mode
  return (
    <span className="film-fate">
      <Badge tone="danger">{t(`film.failure.${failure ?? 'broken'}`)}</Badge>
      <Button
        size="s"
        tone="plain"
        busy={film.again.busy}
        onClick={() => film.again.run({ id, mode: next })}
      >
        {t(next === mode ? 'film.again' : 'film.againExact')}
      </Button>
    </span>
  )
}
