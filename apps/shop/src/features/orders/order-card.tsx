import type { Order } from '@kaibo/contract/order'
import { Badge, type BadgeTone } from '@kaibo/ui/display/badge.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Link } from 'wouter'
import { OrderLines } from './order-lines.tsx'

const tones: Record<Order['state'], BadgeTone> = {
  pending: 'warning',
  paid: 'info',
  shipped: 'accent',
  completed: 'success',
  closed: 'plain',
}

export const StateBadge = ({ state }: { state: Order['state'] }) => {
  const t = useT()
  return <Badge tone={tones[state]}>{t(`orders.state.${state}`)}</Badge>
}

/** An order in the list. */
export function OrderCard({ order }: { order: Order }) {
  const t = useT()
  return (
    <Link
      href={`/orders/${order.id}`}
      className="k-card order-card"
      aria-label={t('orders.open', { number: order.number })}
    >
      <header>
        <span>{order.shop.name}</span>
        <StateBadge state={order.state} />
      </header>
      <OrderLines lines={order.lines} />
      <footer>
        <span className="k-muted">{t('orders.total')}</span>
        <Price fen={order.payableFen} size="m" tone="plain" />
      </footer>
    </Link>
  )
}
