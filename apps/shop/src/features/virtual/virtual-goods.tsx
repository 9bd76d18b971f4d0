import type { Order } from '@kaibo/contract/trade/order'
import type { VirtualGoods } from '@kaibo/contract/trade/virtual'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { CopyLine } from '../orders/copy-line.tsx'
import { mayChange, statusOf } from './model.ts'
import { SlotSheet } from './slot-sheet.tsx'

/** Codes and bookings of an order; nothing for one that is only sent by parcel. */
export function OrderVirtualGoods({ order }: { order: Order }) {
  const t = useT()
  const isVirtual = order.lines.some(line => line.isVirtual)
  const { data } = useQueryOf(
    ['orders', 'one', order.id, 'virtual', order.state],
    () => api.virtual.mine({ id: order.id }),
    { enabled: isVirtual },
  )
  if (!isVirtual) return null
  if (!data) return <SkeletonList rows={2} />
  return (
    <section className="k-card order-card" aria-label={t('virtual.title')}>
      <h2>{t('virtual.title')}</h2>
      {data.goods.map(goods => (
        <Goods key={goods.lineId} order={order} goods={goods} />
      ))}
    </section>
  )
}

type GoodsProps = { order: Order; goods: VirtualGoods }

function Goods({ order, goods }: GoodsProps) {
  const t = useT()
  const title = order.lines.find(line => line.id === goods.lineId)?.title
  const status = statusOf(goods)
  return (
    <div className="k-stack">
      <header className="order-card-head">
        <strong>{title}</strong>
        <Badge tone={goods.state === 'delivered' ? 'success' : 'info'}>
          {t(`virtual.status.${status}`)}
        </Badge>
      </header>
      {goods.codes.map(code => (
        <CopyLine key={code} text={code} label={t('virtual.copy')}>
          {code}
        </CopyLine>
      ))}
      {goods.kind === 'booking' && <Booking order={order} goods={goods} />}
      {goods.refundRule && (
        <p className="k-muted">{t('virtual.refundRule', { rule: goods.refundRule })}</p>
      )}
    </div>
  )
}

function Booking({ order, goods }: GoodsProps) {
  const t = useT()
  const format = useFormat()
  const [isChoosing, setChoosing] = useState(false)
  const { slot, cancelUntil } = goods
  const cancel = useActionOf(
    () => api.virtual.cancelBooking({ id: order.id, lineId: goods.lineId }),
    { refresh: [['orders']] },
  )
  const isOpen = mayChange(goods, order)
  return (
    <>
      {slot && (
        <p>
          <strong className="k-num">
            {format.dateTime(slot.startsAt)} – {format.time(slot.endsAt)}
          </strong>{' '}
          {slot.place}
        </p>
      )}
      {slot && cancelUntil && (
        <p className="k-muted">{t('virtual.changeUntil', { at: format.dateTime(cancelUntil) })}</p>
      )}
      {isOpen && (
        <div className="virtual-actions">
          {slot && (
            <Button size="s" busy={cancel.busy} onClick={() => cancel.run(undefined)}>
              {t('virtual.cancel')}
            </Button>
          )}
          <Button size="s" tone="primary" onClick={() => setChoosing(true)}>
            {t(slot ? 'virtual.change' : 'virtual.choose')}
          </Button>
        </div>
      )}
      <SlotSheet
        open={isChoosing}
        onClose={() => setChoosing(false)}
        orderId={order.id}
        goods={goods}
      />
    </>
  )
}
