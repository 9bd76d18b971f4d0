import type { Order } from '@kaibo/contract/trade/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { List, ListItem } from '@kaibo/ui/display/list.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useState } from 'react'
import { addressText } from '../address/model.ts'
import { actionsOf } from './model.ts'

/** Where an order goes; before any of it leaves, another address may be chosen. */
export function ReceiverCard({ order }: { order: Order }) {
  const t = useT()
  const [isChoosing, setChoosing] = useState(false)
  const { receiver } = order
  if (!receiver) return null
  return (
    <>
      <header className="order-card-head">
        <h2>{t('address.title')}</h2>
        {actionsOf(order).canCancel && (
          <Button size="s" tone="quiet" onClick={() => setChoosing(true)}>
            {t('order.changeReceiver')}
          </Button>
        )}
      </header>
      <p className="order-receiver">
        <strong>{receiver.name}</strong> <span className="k-num">{receiver.phone}</span>
      </p>
      <p className="k-muted">{receiver.address}</p>
      <Sheet
        open={isChoosing}
        onClose={() => setChoosing(false)}
        title={t('order.changeReceiver')}
        theme="paper"
      >
        {isChoosing && <Addresses order={order} onDone={() => setChoosing(false)} />}
      </Sheet>
    </>
  )
}

function Addresses({ order, onDone }: { order: Order; onDone: () => void }) {
  const t = useT()
  const { data } = useQueryOf(['addresses'], () => api.account.addresses({}))
  const change = useActionOf(
    (addressId: string) => api.order.changeReceiver({ id: order.id, addressId }),
    { refresh: [['orders']], onDone },
  )
  if (!data) return <SkeletonList rows={3} />
  return (
    <div className="k-stack">
      <p className="k-muted">{t('order.changeReceiverHint')}</p>
      <List label={t('address.title')} inset>
        {data.items.map(address => (
          <ListItem
            key={address.id}
            title={`${address.name} ${address.phone}`}
            body={addressText(address)}
            onPress={() => change.run(address.id)}
          />
        ))}
      </List>
    </div>
  )
}
