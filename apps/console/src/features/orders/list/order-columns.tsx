import type { Order } from '@kaibo/contract/trade/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import type { Column } from '../../../components/list/data-table.tsx'
import { actionsOf } from '../model.ts'
import { OrderGoods } from '../order-goods.tsx'
import { StateBadge } from '../state-badge.tsx'

type RowActions = {
  onOpen: (orderId: string) => void
  /** Ships these, one after the other. */
  onShip: (queue: readonly Order[]) => void
}

export function useOrderColumns({ onOpen, onShip }: RowActions): Column<Order>[] {
  const t = useT()
  const format = useFormat()
  return [
    {
      key: 'number',
      title: t('orders.column.number'),
      cell: order => (
        <>
          <OpenButton order={order} onOpen={onOpen} />
          <small className="k-muted order-at">
            {format.dateTime(order.createdAt)} · {t(`source.${order.source.kind}`)}
          </small>
        </>
      ),
    },
    {
      key: 'goods',
      title: t('orders.column.goods'),
      cell: order => <OrderGoods lines={order.lines} />,
    },
    {
      key: 'receiver',
      title: t('orders.column.receiver'),
      cell: order => (
        <>
          {order.receiver?.name}
          <small className="k-muted order-at k-num">{order.receiver?.phone}</small>
        </>
      ),
    },
    {
      key: 'notes',
      title: t('orders.column.notes'),
      cell: order => <Notes order={order} />,
    },
    {
      key: 'payable',
      title: t('orders.column.payable'),
      align: 'end',
      cell: order => <Price fen={order.payableFen} size="s" tone="plain" />,
    },
    {
      key: 'state',
      title: t('orders.column.state'),
      cell: order => <StateBadge order={order} />,
    },
    {
      key: 'actions',
      title: t('orders.column.actions'),
      widthPx: 110,
      cell: order => <ShipButton order={order} onShip={onShip} />,
    },
  ]
}

/** What buyer and shop noted, and the shop's colour. */
function Notes({ order }: { order: Order }) {
  const t = useT()
  const { note, merchantNote, merchantFlag } = order
  if (!note && !merchantNote && merchantFlag === 'none') return null
  return (
    <div className="order-notes">
      {merchantFlag !== 'none' && (
        <span
          className="order-flag"
          data-flag={merchantFlag}
          role="img"
          aria-label={t(`flag.${merchantFlag}`)}
        />
      )}
      <small className="k-clamp">{[merchantNote, note].filter(Boolean).join(' · ')}</small>
    </div>
  )
}

const OpenButton = ({ order, onOpen }: { order: Order } & Pick<RowActions, 'onOpen'>) => {
  const t = useT()
  return (
    <button
      type="button"
      className="text-button k-num"
      aria-label={t('orders.open', { number: order.number })}
      onClick={() => onOpen(order.id)}
    >
      {order.number}
    </button>
  )
}

function ShipButton({ order, onShip }: { order: Order } & Pick<RowActions, 'onShip'>) {
  const t = useT()
  if (!actionsOf(order).canShip) return null
  return (
    <Button
      size="s"
      aria-label={t('orders.shipNumber', { number: order.number })}
      onClick={() => onShip([order])}
    >
      {t('orders.ship')}
    </Button>
  )
}

/** The same where there is no room for columns. */
export function OrderCard({ order, onShip }: { order: Order } & RowActions) {
  const format = useFormat()
  return (
    <>
      <header className="order-card-row">
        <strong className="k-num">{order.number}</strong>
        <StateBadge order={order} />
      </header>
      <OrderGoods lines={order.lines} />
      <Notes order={order} />
      <footer className="order-card-row">
        <span>
          <Price fen={order.payableFen} size="m" tone="plain" />
          <small className="k-muted order-at">
            {[order.receiver?.name, format.dateTime(order.createdAt)].filter(Boolean).join(' · ')}
          </small>
        </span>
        <ShipButton order={order} onShip={onShip} />
      </footer>
    </>
  )
}
