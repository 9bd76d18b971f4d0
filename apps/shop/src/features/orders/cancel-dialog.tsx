import type { Order } from '@kaibo/contract/trade/order'
import { SelectField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useState } from 'react'

const reasons = ['changedMind', 'wrongChoice', 'wrongAddress', 'tooSlow', 'other'] as const

type CancelDialogProps = { order: Order; open: boolean; onClose: () => void }

/** Cancels an order that was not sent, and says why; what was paid comes back. */
export function CancelDialog({ order, open, onClose }: CancelDialogProps) {
  const t = useT()
  const [reason, setReason] = useState<(typeof reasons)[number]>('changedMind')
  const cancel = useActionOf(
    () => api.order.cancel({ id: order.id, reason: t(`order.why.${reason}`) }),
    { refresh: [['orders'], ['coupons'], ['points']], onDone: onClose },
  )
  return (
    <Dialog
      open={open}
      onClose={onClose}
      onConfirm={() => cancel.run(undefined)}
      busy={cancel.busy}
      title={t('order.cancelAsk')}
      confirmLabel={t('order.cancel')}
      cancelLabel={t('order.keep')}
      tone="danger"
    >
      <div className="k-stack">
        <p>{t(order.paidAt ? 'order.cancelPaidHint' : 'order.cancelHint')}</p>
        <SelectField
          label={t('order.why.title')}
          value={reason}
          options={reasons.map(value => ({ value, label: t(`order.why.${value}`) }))}
          onChange={event =>
            setReason(reasons.find(each => each === event.target.value) ?? 'other')
          }
        />
      </div>
    </Dialog>
  )
}
