import type { Favourite } from '@kaibo/contract/people/favourite'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Link } from 'wouter'
import { goBack } from '../../shell/go-back.ts'
import { MorePages, usePages } from '../../shell/pages.tsx'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { PriceNow } from '../goods/price-now.tsx'
import { useDealOf } from '../goods/use-deal-of.ts'
import { SignInPage } from '../sign-in/page.tsx'
import './favourite.css'

const pageSize = 20

/** Products that were kept, and how they have fared since. */
export function FavouritesPage() {
  const t = useT()
  const { user } = useMe()
  usePageTitle(t('favourite.title'))
  if (user === null) return <SignInPage title={t('favourite.title')} />
  return (
    <Page bar={<AppBar title={t('favourite.title')} onBack={goBack} />}>
      {user ? <Favourites /> : <SkeletonList rows={5} />}
    </Page>
  )
}

function Favourites() {
  const t = useT()
  const pages = usePages(['favourites', 'list'], cursor =>
    api.favourite.list({ limit: pageSize, ...(cursor ? { cursor } : {}) }),
  )
  const drop = useActionOf(api.favourite.remove, {
    refresh: [['favourites']],
    onDone: () => toast.show(t('favourite.dropped')),
  })
  if (pages.isLoading) return <SkeletonList rows={5} />
  if (pages.error && pages.items.length === 0)
    return <Trouble error={pages.error} onRetry={pages.retry} />
  if (pages.isEmpty) {
    return (
      <Empty icon="heart" title={t('favourite.empty')}>
        {t('favourite.emptyHint')}
      </Empty>
    )
  }
  return (
    <>
      <ul className="kept-list" aria-label={t('favourite.title')}>
        {pages.items.map(item => (
          <Row
            key={item.product.id}
            item={item}
            onDrop={() => drop.run({ productId: item.product.id })}
          />
        ))}
      </ul>
      <MorePages pages={pages} />
    </>
  )
}

function Row({ item, onDrop }: { item: Favourite; onDrop: () => void }) {
  const t = useT()
  const format = useFormat()
  const { product, thenPriceFen } = item
  const deal = useDealOf(product.id)
  const dropFen = thenPriceFen - (deal?.priceFen ?? product.priceFromFen)
  const isOff = product.state !== 'on_shelf'
  return (
    <li className="k-card kept-row" data-off={isOff || undefined}>
      <Link href={`/product/${product.id}`} className="kept-main">
        <span className="kept-picture">
          {product.pictureUrl && <img src={product.pictureUrl} alt="" loading="lazy" />}
        </span>
        <span className="kept-text">
          <strong className="k-clamp">{product.title}</strong>
          <span className="kept-marks">
            {isOff && <Badge>{t('favourite.off')}</Badge>}
            {!isOff && product.available <= 0 && <Badge>{t('favourite.soldOut')}</Badge>}
            {!isOff && dropFen > 0 && (
              <Badge tone="success">{t('favourite.drop', { amount: format.fen(dropFen) })}</Badge>
            )}
          </span>
          <PriceNow product={product} deal={deal} />
        </span>
      </Link>
      <IconButton
        icon="trash"
        label={t('favourite.dropIt', { title: product.title })}
        onClick={onDrop}
      />
    </li>
  )
}
