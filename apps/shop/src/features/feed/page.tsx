import type { LiveCategory } from '@kaibo/contract/show/live-life'
import { liveCategories } from '@kaibo/contract/show/live-life'
import { topics } from '@kaibo/contract/show/topics'
import logo from '@kaibo/ui/brand/logo.svg'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { Empty, ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { Skeleton } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { LanguageButton } from '@kaibo/ui/shell/language-button.tsx'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useState } from 'react'
import { MainNav } from '../../shell/main-nav.tsx'
import { useCode } from '../../shell/use-code.ts'
import { FollowingStrip } from '../follow/following-strip.tsx'
import './feed.css'
import { LiveTile } from './live-tile.tsx'

/** Clips of every shop. */
const everywhere = {}
const fetchHighlights = async () => {
  const { loadHighlights } = await import('../replay/entry.ts')
  return (await loadHighlights()).HighlightStrip
}

const fetchReplays = async () => {
  const { loadReplayStrip } = await import('../replay/entry.ts')
  return (await loadReplayStrip()).ReplayStrip
}

/** Viewer counts of the cards are asked anew this often; rooms come and go by message. */
const refreshMs = 15_000

export function FeedPage() {
  const t = useT()
  const [category, setCategory] = useState<LiveCategory | 'all'>('all')
  const feed = useQueryOf(
    ['feed', category],
    () => api.live.feed(category === 'all' ? {} : { category }),
    { everyMs: refreshMs },
  )
  const HighlightStrip = useCode(fetchHighlights, feed.data ? 'soon' : 'later')
  const ReplayStrip = useCode(fetchReplays, feed.data ? 'soon' : 'later')
  const refetch = async () => void (await feed.refetch())
  useTopic(topics.feed, { onOrdered: refetch, onResync: refetch })
  return (
    <Page
      width="wide"
      bar={
        <AppBar
          lead={<img className="feed-logo" src={logo} alt="Kaibo 开播" />}
          title={null}
          actions={<LanguageButton />}
        />
      }
      foot={<MainNav />}
    >
      <header className="feed-head">
        <h1>{t('feed.title')}</h1>
        <p className="k-muted">{t('feed.line')}</p>
      </header>
      <FollowingStrip />
      <fieldset className="feed-categories" aria-label={t('feed.categories')}>
        {(['all', ...liveCategories] as const).map(id => (
          <button
            key={id}
            type="button"
            aria-pressed={id === category}
            onClick={() => setCategory(id)}
          >
            {t(`category.${id}`)}
          </button>
        ))}
      </fieldset>
      <Rooms feed={feed} onRetry={refetch} />
      {HighlightStrip && <HighlightStrip of={everywhere} />}
      {ReplayStrip && <ReplayStrip />}
    </Page>
  )
}

type Feed = Pick<
  ReturnType<typeof useQueryOf<Awaited<ReturnType<typeof api.live.feed>>>>,
  'data' | 'error' | 'isFetching'
>

function Rooms({ feed, onRetry }: { feed: Feed; onRetry: () => void }) {
  const t = useT()
  if (feed.data && feed.data.items.length > 0) {
    return (
      <ul className="feed-grid">
        {feed.data.items.map(card => (
          <LiveTile key={card.id} card={card} />
        ))}
      </ul>
    )
  }
  if (feed.data)
    return (
      <Empty icon="live" title={t('feed.emptyTitle')}>
        {t('feed.emptyHint')}
      </Empty>
    )
  if (feed.error)
    return (
      <ErrorState onRetry={onRetry} busy={feed.isFetching}>
        {feed.error.message}
      </ErrorState>
    )
  return (
    <ul className="feed-grid" aria-busy="true">
      {[1, 2, 3, 4].map(place => (
        <li key={place}>
          <Skeleton height="100%" />
        </li>
      ))}
    </ul>
  )
}
