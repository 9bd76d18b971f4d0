import type { Order } from '@kaibo/contract/trade/order'
import { Badge, type BadgeTone } from '@kaibo/ui/display/badge.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Link } from 'wouter'
import { stateNameOf } from './model.ts'
import { OrderLines } from './order-lines.tsx'

const tones: Record<Order['state'], BadgeTone> = {
  pending: 'warning',
  paid: 'info',
  part_shipped: 'accent',
  shipped: 'accent',
  completed: 'success',
  closed: 'plain',
}

/** An order in the list. */
export function OrderCard({ order }: { order: Order }) {
  const t = useT()
  return (
    <li>
      <Link
        href={`/orders/${order.id}`}
        className="k-card order-card"
        aria-label={t('orders.open', { number: order.number })}
      >
        <span className="order-card-head">
          <strong>{order.shop.name}</strong>
          <Badge tone={tones[order.state]}>{t(`orders.state.${stateNameOf(order)}`)}</Badge>
        </span>
        <OrderLines lines={order.lines} />
        <span className="order-card-foot">
          <span className="k-muted">{t('orders.total')}</span>
          <Price fen={order.payableFen} size="m" tone="plain" />
        </span>
      </Link>
    </li>
  )
}
