import type { PricedLine } from '@kaibo/contract/offer/price'
import type { ShopPart as Part } from '@kaibo/contract/trade/order'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { LineSavings, PriceSum } from '../price/price-sum.tsx'
import { specText } from '../product/model.ts'

type ShopPartProps = {
  part: Part
  note: string
  onNote: (note: string) => void
  /** Why shipping is not known yet. */
  shippingIs: 'later' | 'refused' | 'known'
  /** Goods that are not sent there. */
  refusedSkuIds: readonly string[]
}

/** One shop's part of a checkout: goods and gifts, a note, and how its amount comes about. */
export function ShopPart({ part, note, onNote, shippingIs, refusedSkuIds }: ShopPartProps) {
  const t = useT()
  return (
    <section className="k-card checkout-shop" aria-label={part.shop.name}>
      <h3>{part.shop.name}</h3>
      <ul className="checkout-lines">
        {part.lines.map(line => (
          <GoodsLine
            key={`${line.skuId} ${line.bundleId} ${line.isGift}`}
            line={line}
            isRefused={refusedSkuIds.includes(line.skuId)}
          />
        ))}
      </ul>
      <TextField
        label={t('checkout.note')}
        optional
        maxLength={200}
        value={note}
        onChange={event => onNote(event.target.value)}
      />
      <PriceSum
        lines={part.lines}
        shipping={shippingIs === 'known' ? part.shippingFen : shippingIs}
        payableFen={part.payableFen}
      />
    </section>
  )
}

function GoodsLine({ line, isRefused }: { line: PricedLine; isRefused: boolean }) {
  const t = useT()
  return (
    <li data-refused={isRefused || undefined}>
      {line.pictureUrl ? <img src={line.pictureUrl} alt="" loading="lazy" /> : <i />}
      <div className="checkout-line-text">
        <strong className="k-clamp">
          {line.isGift && <Badge tone="success">{t('price.gift')}</Badge>} {line.title}
        </strong>
        <span className="checkout-spec k-clamp">{specText(line.spec)}</span>
        {!line.isGift && <LineSavings line={line} />}
        {isRefused && (
          <span className="checkout-warning">
            <Icon name="warning" /> {t('checkout.notThere')}
          </span>
        )}
      </div>
      <div className="checkout-line-price">
        <Price
          fen={line.isGift ? 0 : line.unitPriceFen}
          wasFen={line.listPriceFen}
          size="s"
          tone="plain"
        />
        <span className="k-muted k-num">×{line.quantity}</span>
      </div>
    </li>
  )
}
