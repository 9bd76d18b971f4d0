import type { ExplainCard as Card } from '@kaibo/contract/show/showcase'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { StockNote } from '../../product/stock-note.tsx'
import { type Sale, saleOfProduct } from '../../sale/model.ts'
import { SaleLine } from '../../sale/sale-line.tsx'

type ExplainCardProps = {
  card: Card
  sale: { sales: ReadonlyMap<string, Sale>; offsetMs: number }
  onBuy: (productId: string) => void
}

/** 讲解卡片: what the host talks about now. Dismissed, it comes back with the next explanation. */
export function ExplainCard({ card, sale: { sales, offsetMs }, onBuy }: ExplainCardProps) {
  const t = useT()
  const [isShown, setShown] = useState(true)
  if (!isShown) return null
  const { number, product } = card.item
  const sale = saleOfProduct(sales, product.id)
  const isOnSale = sale?.state === 'running'
  const isSoldOut = (product.available <= 0 && !isOnSale) || product.state !== 'on_shelf'
  return (
    <section className="explain-card" data-theme="paper" aria-label={t('explain.label')}>
      <span className="explain-picture">
        {product.pictureUrl && <img src={product.pictureUrl} alt="" />}
        <span className="bag-number">{number}</span>
      </span>
      <div className="explain-text">
        <p className="explain-tag">
          {t('explain.now')}
          {!sale && <StockNote available={product.available} />}
        </p>
        <h2 className="k-clamp">{product.title}</h2>
        {sale && <SaleLine sale={sale} offsetMs={offsetMs} />}
        <div className="explain-buy">
          <Price
            fen={isOnSale ? sale.item.priceFen : product.priceFromFen}
            wasFen={isOnSale ? sale.item.listPriceFen : undefined}
            from={!isOnSale && product.priceToFen > product.priceFromFen}
            size="m"
          />
          <Button tone="primary" size="s" disabled={isSoldOut} onClick={() => onBuy(product.id)}>
            {isSoldOut ? t('bag.soldOut') : t('explain.buy')}
          </Button>
        </div>
      </div>
      <span className="explain-close">
        <IconButton icon="close" label={t('explain.dismiss')} onClick={() => setShown(false)} />
      </span>
    </section>
  )
}
