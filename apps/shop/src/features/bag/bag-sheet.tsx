import type { ApiError } from '@kaibo/client/client'
import type { Bag } from '@kaibo/contract/show/showcase'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useState } from 'react'
import { Trouble } from '../../shell/trouble.tsx'
import { PriceNow } from '../goods/price-now.tsx'
import { useDealOf } from '../goods/use-deal-of.ts'
import { StockNote } from '../product/stock-note.tsx'
import { type Sale, saleOfProduct } from '../sale/model.ts'
import { SaleLine } from '../sale/sale-line.tsx'
import './bag.css'
import { bagRows, found, type BagRow as Row } from './model.ts'

/** Fewer products are seen at a glance. */
const searchedMin = 4

type BagSheetProps = {
  open: boolean
  onClose: () => void
  bag: { data: Bag | undefined; error: ApiError | null; refetch: () => unknown }
  sale: { sales: ReadonlyMap<string, Sale>; offsetMs: number }
  onBuy: (productId: string) => void
}

/** 小黄车: everything the host offers, numbered as said aloud. */
export function BagSheet({ open, onClose, bag, sale, onBuy }: BagSheetProps) {
  const t = useT()
  const [words, setWords] = useState('')
  const count = bag.data?.items.length ?? 0
  const rows = bag.data ? found(bagRows(bag.data), words) : []
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t('bag.title', { count })}
      theme="paper"
      side="end"
      tall
    >
      {!bag.data && bag.error && <Trouble error={bag.error} onRetry={() => bag.refetch()} />}
      {!bag.data && !bag.error && <SkeletonList rows={4} />}
      {bag.data && count === 0 && <Empty icon="bag" title={t('bag.empty')} />}
      {count > searchedMin && (
        <input
          type="search"
          className="bag-search"
          value={words}
          aria-label={t('bag.search')}
          placeholder={t('bag.search')}
          onChange={event => setWords(event.target.value)}
        />
      )}
      {count > 0 && rows.length === 0 && <Empty icon="search" title={t('bag.notFound')} />}
      {rows.length > 0 && (
        <ul className="bag-list">
          {rows.map(row => (
            <BagRow
              key={row.item.product.id}
              row={row}
              sale={saleOfProduct(sale.sales, row.item.product.id)}
              offsetMs={sale.offsetMs}
              onBuy={onBuy}
            />
          ))}
        </ul>
      )}
    </Sheet>
  )
}

type BagRowProps = {
  row: Row
  sale: Sale | undefined
  offsetMs: number
  onBuy: (productId: string) => void
}

function BagRow({ row, sale, offsetMs, onBuy }: BagRowProps) {
  const t = useT()
  const { number, product } = row.item
  const deal = useDealOf(product.id)
  const isOnSale = sale?.state === 'running'
  const isSoldOut = row.isSoldOut && !isOnSale
  const isGone = isSoldOut || row.isOff
  return (
    <li className="bag-row" data-gone={isGone} data-explained={row.isExplained}>
      <span className="bag-picture">
        {product.pictureUrl && <img src={product.pictureUrl} alt="" loading="lazy" />}
        <span className="bag-number">{number}</span>
      </span>
      <div className="bag-text">
        {row.isExplained && <Badge tone="accent">{t('explain.now')}</Badge>}
        {deal && !isOnSale && !isGone && (
          <Badge tone="accent">{t(`price.kind.${deal.kind}`)}</Badge>
        )}
        <h3 className="k-clamp">{product.title}</h3>
        <p className="bag-subtitle k-clamp" style={{ '--lines': 1 }}>
          {product.subtitle}
        </p>
        {sale ? (
          <SaleLine sale={sale} offsetMs={offsetMs} bar />
        ) : (
          <StockNote available={product.available} />
        )}
        <div className="bag-buy">
          {isOnSale ? (
            <Price fen={sale.item.priceFen} wasFen={sale.item.listPriceFen} />
          ) : (
            <PriceNow product={product} deal={deal} />
          )}
          <Button tone="primary" size="s" disabled={isGone} onClick={() => onBuy(product.id)}>
            {row.isOff ? t('bag.off') : isSoldOut ? t('bag.soldOut') : t('explain.buy')}
          </Button>
        </div>
      </div>
    </li>
  )
}
