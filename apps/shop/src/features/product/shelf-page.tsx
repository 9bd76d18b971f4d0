import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { Empty, ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { Link } from 'wouter'
import { MorePages, usePages } from '../../shell/pages.tsx'
import './product.css'

const pageSize = 20

/** Everything a shop has on its shelf. */
export function ShelfPage({ shopId }: { shopId: string }) {
  const t = useT()
  const shop = useQueryOf(['shop', shopId], () => api.shop.view({ id: shopId }))
  const shelf = usePages(['shelf', shopId], cursor =>
    api.catalog.list({ shopId, limit: pageSize, ...(cursor ? { cursor } : {}) }),
  )
  return (
    <Page width="wide" bar={<AppBar title={shop.data?.name ?? ''} onBack={() => history.back()} />}>
      {shop.data && (
        <header className="shelf-head">
          <Avatar name={shop.data.name} src={shop.data.logoUrl} size={56} />
          <p className="k-muted">{shop.data.intro}</p>
        </header>
      )}
      {shelf.error && shelf.items.length === 0 && (
        <ErrorState onRetry={shelf.retry}>{shelf.error.message}</ErrorState>
      )}
      {shelf.isLoading && <SkeletonList rows={4} />}
      {shelf.isEmpty && <Empty icon="bag" title={t('shelf.empty')} />}
      <ul className="shelf-grid">
        {shelf.items.map(card => (
          <li key={card.id}>
            <Link href={`/product/${card.id}`} className="shelf-card">
              {card.pictureUrl && <img src={card.pictureUrl} alt="" loading="lazy" />}
              <strong className="k-clamp" style={{ '--lines': 2 }}>
                {card.title}
              </strong>
              <span className="shelf-price">
                <Price
                  fen={card.priceFromFen}
                  from={card.priceToFen > card.priceFromFen}
                  size="m"
                />
                {card.available <= 0 && <span className="k-muted">{t('bag.soldOut')}</span>}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <MorePages pages={shelf} />
    </Page>
  )
}
