import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { goBack } from '../../shell/go-back.ts'
import { MorePages, usePages } from '../../shell/pages.tsx'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { useWords } from '../replay/words/use-words.ts'
import { ReplayTile } from './replay-tile.tsx'

const pageSize = 20

/** Every show that can be watched again, newest first: of a shop, or of all. */
export function ReplaysPage({ shopId }: { shopId?: string }) {
  const words = useWords()
  const shop = useQueryOf(['shop', shopId], () => api.shop.view({ id: shopId ?? '' }), {
    enabled: shopId !== undefined,
  })
  const title = shop.data ? words('list.of', { shop: shop.data.name }) : words('list.title')
  usePageTitle(title)
  const pages = usePages(['replays', shopId ?? ''], cursor =>
    api.recording.shown({
      limit: pageSize,
      ...(shopId && { shopId }),
      ...(cursor && { cursor }),
    }),
  )
  return (
    <Page width="wide" bar={<AppBar title={title} onBack={goBack} />}>
      {pages.error && pages.items.length === 0 && (
        <Trouble error={pages.error} onRetry={pages.retry} />
      )}
      {pages.isLoading && <SkeletonList rows={4} />}
      {pages.isEmpty && (
        <Empty icon="video" title={words('list.empty')}>
          {words('list.emptyHint')}
        </Empty>
      )}
      <ul className="feed-grid replays-grid">
        {pages.items.map(replay => (
          <ReplayTile key={replay.live.id} replay={replay} />
        ))}
      </ul>
      <MorePages pages={pages} />
    </Page>
  )
}
