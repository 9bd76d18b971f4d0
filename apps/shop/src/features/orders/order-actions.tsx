import type { Order } from '@kaibo/contract/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useState } from 'react'
import { CashierSheet } from '../pay/cashier-sheet.tsx'
import { actionsOf } from './model.ts'

/** What the buyer may do with an order now; what cannot be undone is asked first. */
export function OrderActions({ order }: { order: Order }) {
  const t = useT()
  const [asked, setAsked] = useState<'cancel' | 'confirm'>('confirm')
  const [isAsking, setAsking] = useState(false)
  const [isPaying, setPaying] = useState(false)
  const close = () => setAsking(false)
  const options = { refresh: [['orders']], onDone: close }
  const cancel = useActionOf(() => api.order.cancel({ id: order.id }), options)
  const confirm = useActionOf(() => api.order.confirm({ id: order.id }), options)
  const ask = (what: 'cancel' | 'confirm') => {
    setAsked(what)
    setAsking(true)
  }
  const act = asked === 'cancel' ? cancel : confirm
  const { canPay, canCancel, canConfirm } = actionsOf(order)
  return (
    <div className="order-actions" hidden={!canPay && !canCancel && !canConfirm}>
      {canCancel && (
        <Button tone="quiet" onClick={() => ask('cancel')}>
          {t('order.cancel')}
        </Button>
      )}
      {canPay && (
        <Button tone="primary" onClick={() => setPaying(true)}>
          {t('order.pay')}
        </Button>
      )}
      {canConfirm && (
        <Button tone="primary" onClick={() => ask('confirm')}>
          {t('order.confirm')}
        </Button>
      )}
      <Dialog
        open={isAsking}
        onClose={close}
        onConfirm={() => act.run(undefined)}
        busy={act.busy}
        title={t(`order.${asked}Ask`)}
        confirmLabel={t(`order.${asked}`)}
        tone={asked === 'cancel' ? 'danger' : 'primary'}
      >
        {t(`order.${asked}Hint`)}
      </Dialog>
      <CashierSheet
        orders={isPaying ? [order] : null}
        onClose={() => setPaying(false)}
        over="order"
      />
    </div>
  )
}
