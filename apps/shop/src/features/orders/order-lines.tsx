import type { OrderLine } from '@kaibo/contract/trade/order'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { specText } from '../product/model.ts'
import './orders.css'

type OrderLinesProps = {
  lines: readonly OrderLine[]
  /** Shows the page of a line as it was bought. */
  onPage?: (lineId: string) => void
}

/** What was bought. */
export const OrderLines = ({ lines, onPage }: OrderLinesProps) => {
  const t = useT()
  return (
    <ul className="order-lines">
      {lines.map(line => (
        <li key={line.id}>
          {line.pictureUrl && <img src={line.pictureUrl} alt="" loading="lazy" />}
          <div className="order-line-text">
            <strong className="k-clamp">{line.title}</strong>
            <span className="order-spec k-clamp">{specText(line.spec)}</span>
            {line.isGift && <Badge tone="accent">{t('order.gift')}</Badge>}
            {onPage && (
              <button type="button" className="order-page-button" onClick={() => onPage(line.id)}>
                {t('order.page')}
              </button>
            )}
          </div>
          <div className="order-amount">
            <Price fen={line.isGift ? 0 : line.unitPriceFen} size="s" tone="plain" />
            <span className="k-muted k-num">×{line.quantity}</span>
          </div>
        </li>
      ))}
    </ul>
  )
}
