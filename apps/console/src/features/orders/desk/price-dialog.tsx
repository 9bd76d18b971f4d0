import type { Order } from '@kaibo/contract/trade/order'
import { sumFen } from '@kaibo/kernel/money'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Modal } from 'antd'
import { useState } from 'react'
import { MoneyField } from '../../../components/form/fields.tsx'
import { parseYuan, yuanText } from '../../../components/form/yuan.ts'
import { ordersKey } from '../use-orders.ts'

type PriceDialogProps = { order: Order; open: boolean; onClose: () => void }

/** Asks less for an unpaid order, line by line and for shipping. */
export const PriceDialog = ({ order, open, onClose }: PriceDialogProps) => {
  const t = useT()
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('desk.price.title')}
      footer={null}
      destroyOnHidden
      width={520}
    >
      <PriceForm order={order} onDone={onClose} />
    </Modal>
  )
}

function PriceForm({ order, onDone }: { order: Order; onDone: () => void }) {
  const t = useT()
  const [typed, setTyped] = useState(() =>
    Object.fromEntries(order.lines.map(line => [line.id, yuanText(line.payableFen)])),
  )
  const [shipping, setShipping] = useState(yuanText(order.shippingFen))
  const shippingFen = parseYuan(shipping)
  const lines = order.lines.flatMap(({ id }) => {
    const payableFen = parseYuan(typed[id] ?? '')
    return payableFen === null ? [] : { id, payableFen }
  })
  const isRead = shippingFen !== null && lines.length === order.lines.length
  const total = isRead ? sumFen([shippingFen, ...lines.map(line => line.payableFen)]) : null
  const save = useActionOf(
    () =>
      api.orderdesk.setPrice({
        shopId: order.shop.id,
        id: order.id,
        lines,
        shippingFen: shippingFen ?? order.shippingFen,
      }),
    { refresh: [[...ordersKey(order.shop.id)]], onDone },
  )
  return (
    <form
      className="k-stack"
      onSubmit={event => {
        event.preventDefault()
        if (total !== null) save.run(undefined)
      }}
    >
      <p className="k-muted">{t('desk.price.hint')}</p>
      {order.lines.map(line => (
        <MoneyField
          key={line.id}
          label={`${line.title} ×${line.quantity}`}
          value={typed[line.id] ?? ''}
          onChange={text => setTyped({ ...typed, [line.id]: text })}
        />
      ))}
      <MoneyField label={t('order.shipping')} value={shipping} onChange={setShipping} />
      <div className="order-card-row">
        <span>
          {t('desk.price.from')} <Price fen={order.payableFen} size="s" tone="plain" />
          {total !== null && (
            <>
              {' → '}
              <Price fen={total} size="m" tone="plain" />
            </>
          )}
        </span>
        <Button type="submit" tone="primary" busy={save.busy} disabled={total === null}>
          {t('desk.price.save')}
        </Button>
      </div>
    </form>
  )
}
