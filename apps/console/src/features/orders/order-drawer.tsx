import type { Order } from '@kaibo/contract/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { useMyShop } from '../account/workplace.tsx'
import { actionsOf } from './model.ts'
import { OrderDetail } from './order-detail.tsx'
import { useOrder } from './use-orders.ts'

type OrderDrawerProps = {
  orderId: string | null
  onClose: () => void
  onShip: (queue: readonly Order[]) => void
}

/** One order, beside the list. */
export function OrderDrawer({ orderId, onClose, onShip }: OrderDrawerProps) {
  const t = useT()
  return (
    <SideDrawer open={orderId !== null} onClose={onClose} title={t('order.title')}>
      {orderId && <LoadedOrder key={orderId} orderId={orderId} onShip={onShip} />}
    </SideDrawer>
  )
}

function LoadedOrder({ orderId, onShip }: { orderId: string } & Pick<OrderDrawerProps, 'onShip'>) {
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
      <Actions order={order} onShip={onShip} />
    </div>
  )
}

function Actions({ order, onShip }: { order: Order } & Pick<OrderDrawerProps, 'onShip'>) {
  const t = useT()
  const { canShip, canAddParcel } = actionsOf(order)
  if (!canShip && !canAddParcel) return null
  return (
    <footer className="order-detail-foot">
      {canShip ? (
        <Button tone="primary" size="l" icon="truck" wide onClick={() => onShip([order])}>
          {t('orders.ship')}
        </Button>
      ) : (
        <Button icon="plus" wide onClick={() => onShip([order])}>
          {t('orders.addParcel')}
        </Button>
      )}
    </footer>
  )
}
