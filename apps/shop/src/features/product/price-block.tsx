import type { Product } from '@kaibo/contract/goods/catalog'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Countdown } from '@kaibo/ui/live/countdown.tsx'
import { availableOf, type Deal, priceRange, strikeOf } from './model.ts'
import { StockNote } from './stock-note.tsx'

type PriceBlockProps = { product: Product; deal: Deal | null; onDealEnd: () => void }

/** What it costs now. A struck-through price always says what it rests on. */
export function PriceBlock({ product, deal, onDealEnd }: PriceBlockProps) {
  const t = useT()
  const range = priceRange(product, {})
  const strike = strikeOf(product)
  return (
    <div className="product-price" data-deal={deal?.kind}>
      {deal && (
        <p className="product-deal">
          <strong>{t(`price.kind.${deal.kind}`)}</strong>
          <span>{t('product.endsIn')}</span>
          <Countdown
            key={deal.endsAt}
            endsAtMs={Date.parse(deal.endsAt)}
            offsetMs={deal.offsetMs}
            onEnd={onDealEnd}
          />
        </p>
      )}
      <p className="product-amount">
        {deal ? (
          <Price fen={deal.priceFen} wasFen={deal.listPriceFen} size="xl" from={deal.isFrom} />
        ) : (
          <Price fen={range.from} wasFen={strike?.fen} from={range.to > range.from} size="xl" />
        )}
        <StockNote available={availableOf(product)} />
      </p>
      {!deal && strike && (
        <small className="k-muted">
          {strike.basis === 'list_price'
            ? t('product.strike.list_price', { source: strike.source })
            : t('product.strike.lowest_30_days')}
        </small>
      )}
    </div>
  )
}
