import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Link } from 'wouter'
import { useWords } from '../replay/words/use-words.ts'
import { ReplayTile } from './replay-tile.tsx'
import './replays.css'

/** As many as a strip shows. */
const shownMax = 8

/** The newest replays, of a shop or of all, and the way to the others: nothing where there are none. */
export function ReplayStrip({ shopId }: { shopId?: string }) {
  const words = useWords()
  const query = useQueryOf(['replays', 'newest', shopId ?? ''], () =>
    api.recording.shown({ limit: shownMax, ...(shopId && { shopId }) }),
  )
  const replays = query.data?.items ?? []
  if (replays.length === 0) return null
  return (
    <section className="replays" aria-labelledby="replays-title">
      <header>
        <h2 id="replays-title">{words('list.title')}</h2>
        <Link href={shopId ? `/shop/${shopId}/replays` : '/replays'}>{words('list.all')}</Link>
      </header>
      <ul>
        {replays.map(replay => (
          <ReplayTile key={replay.live.id} replay={replay} />
        ))}
      </ul>
    </section>
  )
}
