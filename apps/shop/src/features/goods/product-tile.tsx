import type { ProductCard } from '@kaibo/contract/goods/catalog'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Link } from 'wouter'
import { StockNote } from '../product/stock-note.tsx'
import './goods.css'
import { PriceNow } from './price-now.tsx'
import { useDealOf } from './use-deal-of.ts'

type ProductTileProps = {
  product: ProductCard
  soldCount?: number
  /** Among the first on the page: its picture is fetched at once. */
  isEarly?: boolean
}

/** A product in a grid: picture, name, price, and what sells it honestly. */
export function ProductTile({ product, soldCount = 0, isEarly = false }: ProductTileProps) {
  const t = useT()
  const format = useFormat()
  const isGone = product.available <= 0
  const deal = useDealOf(product.id)
  return (
    <li className="goods-tile">
      <Link href={`/product/${product.id}`}>
        <span className="goods-picture" data-gone={isGone}>
          <Picture url={product.pictureUrl} isEarly={isEarly} />
          {isGone && <Badge tone="glass">{t('bag.soldOut')}</Badge>}
          {deal && !isGone && <Badge tone="accent">{t(`price.kind.${deal.kind}`)}</Badge>}
        </span>
        <strong className="k-clamp">{product.title}</strong>
        {product.subtitle && <span className="goods-subtitle">{product.subtitle}</span>}
        <PriceNow product={product} deal={deal} />
        <span className="goods-marks">
          {soldCount > 0 && (
            <small className="k-muted">{t('goods.sold', { count: format.count(soldCount) })}</small>
          )}
          <StockNote available={product.available} />
        </span>
      </Link>
    </li>
  )
}

/** A picture, or a quiet sign that there is none. */
export function Picture({ url, isEarly = false }: { url: string | null; isEarly?: boolean }) {
  if (!url) return <Icon name="image" />
  return <img src={url} alt="" loading={isEarly ? 'eager' : 'lazy'} decoding="async" />
}
