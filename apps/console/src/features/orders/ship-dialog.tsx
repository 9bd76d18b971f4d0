import type { Order } from '@kaibo/contract/trade/order'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { ReceiverCard } from './detail/receiver-card.tsx'
import { actionsOf, nextInQueue } from './model.ts'
import { OrderGoods } from './order-goods.tsx'
import { ShipForm } from './ship-form.tsx'
import { ordersKey } from './use-orders.ts'

type ShipDialogProps = {
  /** The orders to ship, one after the other; empty while the dialog is closed. */
  queue: readonly Order[]
  onClose: () => void
}

/** Ships a queue of orders: Enter ships one and shows the next. */
export function ShipDialog({ queue, onClose }: ShipDialogProps) {
  const t = useT()
  const [reachedId, setReachedId] = useState<string>()
  const [shippedCount, setShippedCount] = useState(0)
  const cache = useQueryClient()
  const order = queue.find(({ id }) => id === reachedId) ?? queue[0]

  const end = (count: number) => {
    if (count > 0) toast.success(t('ship.done', { count }))
    setReachedId(undefined)
    setShippedCount(0)
    onClose()
  }
  const goOn = (from: Order, count: number) => {
    void cache.invalidateQueries({ queryKey: ordersKey(from.shop.id) })
    const next = nextInQueue(queue, from.id)
    setShippedCount(count)
    if (next) setReachedId(next.id)
    else end(count)
  }
  return (
    <Modal
      open={order !== undefined}
      onCancel={() => end(shippedCount)}
      title={t(order && actionsOf(order).canAddParcel ? 'orders.addParcel' : 'ship.title')}
      footer={null}
      destroyOnHidden
      width={480}
    >
      {order && (
        <div className="k-stack" key={order.id}>
          <header className="order-card-row">
            <strong className="k-num">{order.number}</strong>
            {queue.length > 1 && (
              <span className="k-muted k-num">
                {t('ship.position', { at: queue.indexOf(order) + 1, of: queue.length })}
              </span>
            )}
          </header>
          <OrderGoods lines={order.lines} />
          <ReceiverCard order={order} />
          <ShipForm
            order={order}
            isLast={nextInQueue(queue, order.id) === undefined}
            onShipped={() => goOn(order, shippedCount + 1)}
            onSkip={() => goOn(order, shippedCount)}
          />
        </div>
      )}
    </Modal>
  )
}
