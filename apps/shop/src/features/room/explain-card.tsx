import type { ExplainCard as Card } from '@kaibo/contract/showcase'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { StockNote } from '../product/stock-note.tsx'

/** 讲解卡片: what the host talks about now. Dismissed, it comes back with the next explanation. */
export function ExplainCard({ card, onBuy }: { card: Card; onBuy: (productId: string) => void }) {
  const t = useT()
  const [isShown, setShown] = useState(true)
  if (!isShown) return null
  const { number, product } = card.item
  const isSoldOut = product.available <= 0 || product.state !== 'on_shelf'
  return (
    <section className="explain-card" data-theme="paper" aria-label={t('explain.label')}>
      <span className="explain-picture">
        {product.pictureUrl && <img src={product.pictureUrl} alt="" />}
        <span className="bag-number">{number}</span>
      </span>
      <div className="explain-text">
        <p className="explain-tag">
          {t('explain.now')}
          <StockNote available={product.available} />
        </p>
        <h2 className="k-clamp">{product.title}</h2>
        <div className="explain-buy">
          <Price
            fen={product.priceFromFen}
            from={product.priceToFen > product.priceFromFen}
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
