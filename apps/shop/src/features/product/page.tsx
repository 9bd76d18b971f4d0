import type { Product } from '@kaibo/contract/catalog'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Price } from '@kaibo/ui/display/price.tsx'
import { Skeleton, SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useState } from 'react'
import { Link } from 'wouter'
import { goBack } from '../../shell/go-back.ts'
import { Trouble } from '../../shell/trouble.tsx'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { type Buying, BuySheets } from '../checkout/buy-sheets.tsx'
import { FavouriteButton } from '../favourite/favourite-button.tsx'
import { useRecordView } from '../history/use-record.ts'
import { type Sale, saleOfProduct, withSales } from '../sale/model.ts'
import { SaleLine } from '../sale/sale-line.tsx'
import { useSales } from '../sale/use-sales.ts'
import { priceRange } from './model.ts'
import './product.css'
import { StockNote } from './stock-note.tsx'

/** A product by itself, from a link or the shelf. */
export function ProductPage({ productId }: { productId: string }) {
  const [buying, setBuying] = useState<Buying | null>(null)
  const query = useQueryOf(['product', productId], () => api.catalog.view({ id: productId }))
  const place = query.data ? { shopId: query.data.shopId } : null
  const { sales, offsetMs } = useSales(place)
  const product = query.data && withSales(query.data, sales)
  const sale = product && saleOfProduct(sales, product.id)
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
      {product && <Details product={product} sale={sale} offsetMs={offsetMs} />}
      <BuySheets buying={buying} onBuying={setBuying} source={{ kind: 'shop', id: null }} />
    </Page>
  )
}

const availableOf = (product: Product): number =>
  product.skus.reduce((sum, sku) => sum + Math.max(0, sku.available), 0)

type DetailsProps = { product: Product; sale: Sale | undefined; offsetMs: number }

function Details({ product, sale, offsetMs }: DetailsProps) {
  const t = useT()
  const range = priceRange(product, {})
  return (
    <article className="product">
      <div className="product-gallery">
        {product.pictureUrls.map(url => (
          <img key={url} src={url} alt={product.title} />
        ))}
      </div>
      <div className="product-text">
        <p className="product-price">
          <Price
            fen={range.from}
            wasFen={sale?.state === 'running' ? sale.item.listPriceFen : undefined}
            from={range.to > range.from}
            size="xl"
          />
          <StockNote available={availableOf(product)} />
        </p>
        {sale && <SaleLine sale={sale} offsetMs={offsetMs} bar />}
        <h2>{product.title}</h2>
        <p className="product-subtitle">{product.subtitle}</p>
        <p className="product-description">{product.description}</p>
        <Link className="product-shop" href={`/shop/${product.shopId}`}>
          {t('room.toShop')}
        </Link>
      </div>
    </article>
  )
}

function Foot({ product, onBuy }: { product: Product; onBuy: (buying: Buying) => void }) {
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
