import type { Order } from '@kaibo/contract/trade/order'
import { useT } from '@kaibo/ui/i18n.ts'
import { specText, unitCount } from './model.ts'

/** What was bought, in one row: the first of the goods, and how much more there is. */
export function OrderGoods({ lines }: { lines: Order['lines'] }) {
  const t = useT()
  const [first] = lines
  if (!first) return null
  return (
    <div className="order-goods">
      {first.pictureUrl && <img className="thumb" src={first.pictureUrl} alt="" loading="lazy" />}
      <div>
        <span className="k-clamp" style={{ '--lines': 1 }}>
          {first.title}
        </span>
        <small className="k-muted k-clamp" style={{ '--lines': 1 }}>
          {specText(first.spec)} ×{first.quantity}
          {lines.length > 1 && ` ${t('orders.more', { count: unitCount(lines) })}`}
        </small>
      </div>
    </div>
  )
}
