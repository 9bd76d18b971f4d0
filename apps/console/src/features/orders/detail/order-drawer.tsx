import type { Order } from '@kaibo/contract/trade/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { SideDrawer } from '../../../components/side-drawer.tsx'
import { useMyShop } from '../../account/workplace.tsx'
import { CancelDialog } from '../desk/cancel-dialog.tsx'
import { PriceDialog } from '../desk/price-dialog.tsx'
import { actionsOf } from '../model.ts'
import { useOrder } from '../use-orders.ts'
import { OrderDetail } from './order-detail.tsx'

type OrderDrawerProps = {
  orderId: string | null
  onClose: () => void
  onShip: (queue: readonly Order[]) => void
  onPrint: (order: Order) => void
}
type Doing = Pick<OrderDrawerProps, 'onShip' | 'onPrint'>

/** One order, beside the list. */
export function OrderDrawer({ orderId, onClose, ...doing }: OrderDrawerProps) {
  const t = useT()
  return (
    <SideDrawer open={orderId !== null} onClose={onClose} title={t('order.title')}>
      {orderId && <LoadedOrder key={orderId} orderId={orderId} {...doing} />}
    </SideDrawer>
  )
}

function LoadedOrder({ orderId, ...doing }: { orderId: string } & Doing) {
  const shop = useMyShop()
  const sentence = useErrorSentence()
  const { data: order, error, refetch } = useOrder(shop.id, orderId)
  if (error && !order) {
    return <ErrorState onRetry={() => void refetch()}>{sentence(error)}</ErrorState>
  }
  if (!order) return <SkeletonList rows={5} />
  return (
    <div className="order-detail">
      <OrderDetail order={order} />
      <Actions order={order} {...doing} />
    </div>
  )
}

function Actions({ order, onShip, onPrint }: { order: Order } & Doing) {
  const t = useT()
  const [open, setOpen] = useState<'price' | 'cancel' | null>(null)
  const { canShip, canAddParcel, canCancel, canReprice } = actionsOf(order)
  return (
    <footer className="order-detail-foot">
      {canCancel && (
        <Button tone="quiet" onClick={() => setOpen('cancel')}>
          {t('desk.cancel.title')}
        </Button>
      )}
      <Button onClick={() => onPrint(order)}>{t('desk.print')}</Button>
      {canReprice && <Button onClick={() => setOpen('price')}>{t('desk.price.title')}</Button>}
      {canShip && (
        <Button tone="primary" icon="truck" onClick={() => onShip([order])}>
          {t('orders.ship')}
        </Button>
      )}
      {canAddParcel && (
        <Button icon="plus" onClick={() => onShip([order])}>
          {t('orders.addParcel')}
        </Button>
      )}
      {canReprice && (
        <PriceDialog order={order} open={open === 'price'} onClose={() => setOpen(null)} />
      )}
      <CancelDialog order={order} open={open === 'cancel'} onClose={() => setOpen(null)} />
    </footer>
  )
}
