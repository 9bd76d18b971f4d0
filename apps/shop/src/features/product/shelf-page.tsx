import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { goBack } from '../../shell/go-back.ts'
import { MorePages, usePages } from '../../shell/pages.tsx'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { ProductTile } from '../goods/product-tile.tsx'
import { HighlightStrip } from '../highlight/highlight-strip.tsx'
import { ReplayStrip } from '../replays/replay-strip.tsx'
import './product.css'

const pageSize = 20

/** Everything a shop has on its shelf. */
export function ShelfPage({ shopId }: { shopId: string }) {
  const t = useT()
  const shop = useQueryOf(['shop', shopId], () => api.shop.view({ id: shopId }))
  usePageTitle(shop.data?.name)
  const shelf = usePages(['shelf', shopId], cursor =>
    api.catalog.list({ shopId, limit: pageSize, ...(cursor ? { cursor } : {}) }),
  )
  return (
    <Page width="wide" bar={<AppBar title={shop.data?.name ?? ''} onBack={goBack} />}>
      {shop.data && (
        <header className="shelf-head">
          <Avatar name={shop.data.name} src={shop.data.logoUrl} size={56} />
          <div>
            <h2 className="k-clamp">{shop.data.name}</h2>
            <p className="k-muted">{shop.data.intro}</p>
          </div>
        </header>
      )}
      {shop.data && <HighlightStrip of={{ shopId }} />}
      {shop.data && <ReplayStrip shopId={shopId} />}
      {!shop.data && shop.error && (
        <Trouble error={shop.error} onRetry={() => void shop.refetch()} busy={shop.isFetching} />
      )}
      {shop.data && shelf.error && shelf.items.length === 0 && (
        <Trouble error={shelf.error} onRetry={shelf.retry} />
      )}
      {shelf.isLoading && <SkeletonList rows={4} />}
      {shop.data && shelf.isEmpty && <Empty icon="bag" title={t('shelf.empty')} />}
      <ul className="goods-grid">
        {shelf.items.map(card => (
          <ProductTile key={card.id} product={card} />
        ))}
      </ul>
      <MorePages pages={shelf} />
    </Page>
  )
}
