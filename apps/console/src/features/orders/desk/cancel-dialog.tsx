import type { Order } from '@kaibo/contract/trade/order'
import { SelectField, TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useState } from 'react'
import { ordersKey } from '../use-orders.ts'

const reasons = ['soldOut', 'askedFor', 'unreachable', 'other'] as const

type CancelDialogProps = { order: Order; open: boolean; onClose: () => void }

/** Cancels an order with a reason that the buyer reads. */
export function CancelDialog({ order, open, onClose }: CancelDialogProps) {
  const t = useT()
  const [chosen, setChosen] = useState<(typeof reasons)[number]>('soldOut')
  const [typed, setTyped] = useState('')
  const reason = chosen === 'other' ? typed.trim() : t(`desk.cancel.reason.${chosen}`)
  const cancel = useActionOf(
    () => api.orderdesk.cancel({ shopId: order.shop.id, id: order.id, reason }),
    { refresh: [[...ordersKey(order.shop.id)]], onDone: onClose },
  )
  return (
    <Dialog
      open={open}
      onClose={onClose}
      onConfirm={() => reason && cancel.run(undefined)}
      busy={cancel.busy}
      title={t('desk.cancel.ask')}
      confirmLabel={t('desk.cancel.title')}
      cancelLabel={t('desk.cancel.keep')}
      tone="danger"
    >
      <div className="k-stack">
        <p>{t(order.paidAt ? 'desk.cancel.paid' : 'desk.cancel.unpaid')}</p>
        <SelectField
          label={t('desk.cancel.why')}
          value={chosen}
          options={reasons.map(value => ({ value, label: t(`desk.cancel.reason.${value}`) }))}
          onChange={event =>
            setChosen(reasons.find(each => each === event.target.value) ?? 'other')
          }
        />
        {chosen === 'other' && (
          <TextField
            label={t('desk.cancel.typed')}
            value={typed}
            maxLength={100}
            onChange={event => setTyped(event.target.value)}
          />
        )}
      </div>
    </Dialog>
  )
}
