import type { Product } from '@kaibo/contract/goods/catalog'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Skeleton, SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useState } from 'react'
import { goBack } from '../../shell/go-back.ts'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { type Buying, BuySheets } from '../checkout/buy-sheets.tsx'
import { FavouriteButton } from '../favourite/favourite-button.tsx'
import { HighlightStrip } from '../highlight/highlight-strip.tsx'
import { useRecordView } from '../history/use-record.ts'
import { sourceOutsideRoom } from '../share/entries.ts'
import { Coupons } from './coupons.tsx'
import { Detail } from './detail.tsx'
import { Services, ShopCard, Similar, SpecRow } from './facts.tsx'
import { Gallery } from './gallery.tsx'
import { availableOf } from './model.ts'
import { Offers } from './offers.tsx'
import { PriceBlock } from './price-block.tsx'
import './product.css'
import { useOffers } from './use-offers.ts'

/** A product by itself, from a link, a list or a shelf. */
export function ProductPage({ productId }: { productId: string }) {
  const [buying, setBuying] = useState<Buying | null>(null)
  const query = useQueryOf(['product', productId], () => api.catalog.view({ id: productId }))
  const product = query.data
  const offered = useOffers(productId, product)
  usePageTitle(product?.title)
  useRecordView(product?.id)
  return (
    <Page
      width="wide"
      bar={
        <AppBar
          title={product?.title ?? ''}
          onBack={goBack}
          actions={product && <FavouriteButton productId={product.id} title={product.title} />}
        />
      }
      foot={product && <Foot product={product} onBuy={setBuying} />}
    >
      {query.error && !product && (
        <Trouble error={query.error} onRetry={() => void query.refetch()} busy={query.isFetching} />
      )}
      {!product && !query.error && (
        <div className="product">
          <Skeleton height="min(100vw, 480px)" />
          <SkeletonList rows={4} />
        </div>
      )}
      {product && <Details product={product} offered={offered} onBuy={setBuying} />}
      {product && offered.isKnown && <Similar productId={product.id} />}
      <BuySheets buying={buying} onBuying={setBuying} source={sourceOutsideRoom(product?.shopId)} />
    </Page>
  )
}

type FootProps = { product: Product; onBuy: (buying: Buying) => void }
type DetailsProps = FootProps & { offered: ReturnType<typeof useOffers> }

/** The pictures at once; the rest when all of it is known, so that nothing jumps. */
function Details({ product, offered, onBuy }: DetailsProps) {
  const { deal, offers, coupons, isKnown, refresh } = offered
  const { id: productId, title, subtitle, brand } = product
  return (
    <article className="product">
      <Gallery title={title} pictureUrls={product.pictureUrls} videoUrl={product.videoUrl} />
      {!isKnown && <SkeletonList rows={4} />}
      {isKnown && (
        <div className="product-text">
          <PriceBlock product={product} deal={deal} onDealEnd={refresh} />
          <header className="product-names">
            {brand && <p className="product-brand">{brand.name}</p>}
            <h2>{title}</h2>
            {subtitle && <p className="product-subtitle">{subtitle}</p>}
          </header>
          <Offers offers={offers} />
          <div className="product-rows">
            <Coupons coupons={coupons} />
            <SpecRow product={product} onPress={() => onBuy({ productId })} />
            <Services product={product} />
          </div>
          <ShopCard shopId={product.shopId} />
        </div>
      )}
      {isKnown && <HighlightStrip of={{ productId }} />}
      {isKnown && <Detail html={product.detail} text={product.description} />}
    </article>
  )
}

function Foot({ product, onBuy }: FootProps) {
  const t = useT()
  const { id: productId } = product
  const isOff = product.state !== 'on_shelf'
  const isSoldOut = availableOf(product) === 0
  return (
    <div className="page-foot">
      {!isOff && !isSoldOut && (
        <Button tone="quiet" size="l" wide onClick={() => onBuy({ productId, only: 'cart' })}>
          {t('cart.add')}
        </Button>
      )}
      <Button
        tone="primary"
        size="l"
        wide
        disabled={isSoldOut || isOff}
        onClick={() => onBuy({ productId, only: 'buy' })}
      >
        {isOff ? t('bag.off') : isSoldOut ? t('bag.soldOut') : t('product.buy')}
      </Button>
    </div>
  )
}
