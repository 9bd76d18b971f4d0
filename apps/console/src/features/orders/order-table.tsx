import type { Order } from '@kaibo/contract/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import type { ReactNode } from 'react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { usePages } from '../../components/use-pages.ts'
import { actionsOf, type Tab, toShip } from './model.ts'
import { OrderGoods } from './order-goods.tsx'
import { StateBadge } from './state-badge.tsx'
import { ordersKey } from './use-orders.ts'

const pageSize = 20

type OrderTableProps = {
  filter: { shopId: string; tab: Tab; number: string }
  search: ReactNode
  onOpen: (orderId: string) => void
  /** Ships these, one after the other. */
  onShip: (queue: readonly Order[]) => void
}

export function OrderTable({ filter, search, onOpen, onShip }: OrderTableProps) {
  const t = useT()
  const { shopId, tab, number } = filter
  const columns = useColumns({ onOpen, onShip })
  const pages = usePages([...ordersKey(shopId), 'list', tab, number], cursor =>
    api.order.manageList({
      shopId,
      limit: pageSize,
      ...(tab === 'all' ? {} : { state: tab }),
      ...(number === '' ? {} : { number }),
      ...cursor,
    }),
  )
  const waiting = toShip(pages.items)
  return (
    <div className="k-stack">
      <div className="toolbar">
        {search}
        {waiting.length > 1 && (
          <Button tone="primary" size="s" icon="truck" onClick={() => onShip(waiting)}>
            {t('orders.shipAll', { count: waiting.length })}
          </Button>
        )}
      </div>
      <DataTable
        label={t('orders.title')}
        pages={pages}
        columns={columns}
        rowKey={order => order.id}
        card={order => <OrderCard order={order} onOpen={onOpen} onShip={onShip} />}
        empty={
          <Empty icon="orders" title={number ? t('orders.notFound') : t(`orders.empty.${tab}`)} />
        }
      />
    </div>
  )
}

type RowActions = Pick<OrderTableProps, 'onOpen' | 'onShip'>

function useColumns({ onOpen, onShip }: RowActions): Column<Order>[] {
  const t = useT()
  const format = useFormat()
  return [
    {
      key: 'number',
      title: t('orders.column.number'),
      cell: order => (
        <>
          <OpenButton order={order} onOpen={onOpen} />
          <small className="k-muted order-at">{format.dateTime(order.createdAt)}</small>
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
      key: 'payable',
      title: t('orders.column.payable'),
      align: 'end',
      cell: order => <Price fen={order.payableFen} size="s" tone="plain" />,
    },
    {
      key: 'state',
      title: t('orders.column.state'),
      cell: order => <StateBadge state={order.state} />,
    },
    {
      key: 'actions',
      title: t('orders.column.actions'),
      widthPx: 110,
      cell: order => <ShipButton order={order} onShip={onShip} />,
    },
  ]
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

function OrderCard({ order, onOpen, onShip }: { order: Order } & RowActions) {
  const format = useFormat()
  return (
    <>
      <header className="order-card-row">
        <OpenButton order={order} onOpen={onOpen} />
        <StateBadge state={order.state} />
      </header>
      <OrderGoods lines={order.lines} />
      <footer className="order-card-row">
        <span>
          <Price fen={order.payableFen} size="m" tone="plain" />
          <small className="k-muted order-at">
            {order.receiver?.name} · {format.dateTime(order.createdAt)}
          </small>
        </span>
        <ShipButton order={order} onShip={onShip} />
      </footer>
    </>
  )
}
