import type { Order } from '@kaibo/contract/trade/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useState } from 'react'
import { CashierSheet } from '../pay/cashier-sheet.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { actionsOf } from './model.ts'
import { useBuyAgain } from './use-buy-again.ts'
import { useTogether } from './use-together.ts'

type Asked = 'cancel' | 'confirm' | 'extend' | null

/** What the buyer may do with an order now. */
export function OrderActions({ order }: { order: Order }) {
  const t = useT()
  const [asked, setAsked] = useState<Asked>(null)
  const [paying, setPaying] = useState<readonly Order[] | null>(null)
  const together = useTogether(order)
  const buyAgain = useBuyAgain()
  const may = actionsOf(order)
  return (
    <div className="order-actions">
      {may.canCancel && (
        <Button tone="quiet" onClick={() => setAsked('cancel')}>
          {t('order.cancel')}
        </Button>
      )}
      {may.canBuyAgain && (
        <Button busy={buyAgain.busy} onClick={() => buyAgain.run(order)}>
          {t('order.buyAgain')}
        </Button>
      )}
      {may.canExtend && (
        <Button tone="quiet" onClick={() => setAsked('extend')}>
          {t('order.extend')}
        </Button>
      )}
      {may.canPay && (
        <Button tone={together.length > 1 ? 'plain' : 'primary'} onClick={() => setPaying([order])}>
          {t(together.length > 1 ? 'order.payAlone' : 'order.pay')}
        </Button>
      )}
      {may.canPay && together.length > 1 && (
        <Button tone="primary" onClick={() => setPaying(together)}>
          {t('order.payTogether', { count: together.length })}
        </Button>
      )}
      {may.canConfirm && (
        <Button tone="primary" onClick={() => setAsked('confirm')}>
          {t('order.confirm')}
        </Button>
      )}
      <Questions order={order} asked={asked} onClose={() => setAsked(null)} />
      <CashierSheet orders={paying} onClose={() => setPaying(null)} over="order" />
    </div>
  )
}

type QuestionsProps = { order: Order; asked: Asked; onClose: () => void }

/** What cannot be undone is asked first. */
function Questions({ order, asked, onClose }: QuestionsProps) {
  const t = useT()
  const options = { refresh: [['orders']], onDone: onClose }
  const confirm = useActionOf(() => api.order.confirm({ id: order.id }), options)
  const extend = useActionOf(() => api.order.extendReceipt({ id: order.id }), options)
  return (
    <>
      <CancelDialog order={order} open={asked === 'cancel'} onClose={onClose} />
      <Dialog
        open={asked === 'confirm'}
        onClose={onClose}
        onConfirm={() => confirm.run(undefined)}
        busy={confirm.busy}
        title={t('order.confirmAsk')}
        confirmLabel={t('order.confirm')}
      >
        {t('order.confirmHint')}
      </Dialog>
      <Dialog
        open={asked === 'extend'}
        onClose={onClose}
        onConfirm={() => extend.run(undefined)}
        busy={extend.busy}
        title={t('order.extendAsk')}
        confirmLabel={t('order.extend')}
      >
        {t('order.extendHint')}
      </Dialog>
    </>
  )
}
