import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Price } from '@kaibo/ui/display/price.tsx'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useState } from 'react'
import { type Buying, BuySheets } from '../checkout/buy-sheets.tsx'
import { priceRange } from './model.ts'
import './product.css'

/** A product by itself, from a link or the shelf. */
export function ProductPage({ productId }: { productId: string }) {
  const t = useT()
  const [buying, setBuying] = useState<Buying | null>(null)
  const product = useQueryOf(['product', productId], () => api.catalog.view({ id: productId }))
  const { data } = product
  const isSoldOut = data?.skus.every(sku => sku.available <= 0) ?? true
  const isOff = data?.state !== 'on_shelf'
  const range = data ? priceRange(data, {}) : null
  return (
    <Page
      bar={<AppBar title={data?.title ?? ''} onBack={() => history.back()} />}
      foot={
        data && (
          <div className="product-foot">
            <Button
              tone="primary"
              size="l"
              wide
              disabled={isSoldOut || isOff}
              onClick={() => setBuying({ productId })}
            >
              {isOff ? t('bag.off') : isSoldOut ? t('bag.soldOut') : t('product.buy')}
            </Button>
          </div>
        )
      }
    >
      {product.error && !data && (
        <ErrorState onRetry={() => void product.refetch()}>{product.error.message}</ErrorState>
      )}
      {!data && !product.error && <SkeletonList rows={5} />}
      {data && range && (
        <article className="product">
          <div className="product-gallery">
            {data.pictureUrls.map(url => (
              <img key={url} src={url} alt={data.title} />
            ))}
          </div>
          <Price fen={range.from} from={range.to > range.from} size="xl" />
          <h1>{data.title}</h1>
          <p className="k-muted">{data.subtitle}</p>
          <p className="product-description">{data.description}</p>
        </article>
      )}
      <BuySheets buying={buying} onBuying={setBuying} source={{ kind: 'shop', id: null }} />
    </Page>
  )
}
