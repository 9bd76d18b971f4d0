import type { ClipCard } from '@kaibo/contract/media/clip'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { useCode } from '../../shell/use-code.ts'
import { useWords } from '../replay/words/use-words.ts'
import './highlight.css'

const fetchSheet = async () => (await import('./highlight-sheet.tsx')).HighlightSheet
/** As many as a strip shows. */
const shownMax = 12

type HighlightStripProps = { of: { liveId?: string; shopId?: string; productId?: string } }

/** Published clips of a replay, a product, a shop or of all: nothing at all where there are none. */
export function HighlightStrip({ of }: HighlightStripProps) {
  const words = useWords()
  const { duration } = useFormat()
  const [shown, setShown] = useState<ClipCard | null>(null)
  const HighlightSheet = useCode(fetchSheet, shown ? 'now' : 'later')
  const query = useQueryOf(['highlights', of], () =>
    api.clip.highlights({ ...of, limit: shownMax }),
  )
  const clips = query.data?.items ?? []
  if (clips.length === 0) return null
  return (
    <section className="highlights" aria-label={words('highlights')}>
      <h2>{words('highlights')}</h2>
      <ul>
        {clips.map(clip => (
          <li key={clip.id}>
            <button
              type="button"
              aria-label={words('highlight', {
                title: clip.title,
                time: duration(clip.durationMs),
              })}
              onClick={() => setShown(clip)}
            >
              <span className="highlight-picture">
                {clip.posterUrl && <img src={clip.posterUrl} alt="" loading="lazy" />}
                <Icon name="play" />
                <span className="highlight-time k-num">{duration(clip.durationMs)}</span>
              </span>
              <span className="highlight-title k-clamp" style={{ '--lines': 2 }}>
                {clip.title}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {HighlightSheet && <HighlightSheet clip={shown} onClose={() => setShown(null)} />}
    </section>
  )
}
