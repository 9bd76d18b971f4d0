import type { Order } from '@kaibo/contract/order'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { type ReactNode, useState } from 'react'
import { Trouble } from '../../shell/trouble.tsx'
import { useLast } from '../../shell/use-last.ts'
import './checkout.css'
import { usePayment } from './use-payment.ts'

/** What lies beneath the cashier, and where the buyer goes on afterwards. */
export type Beneath = 'live' | 'shop' | 'order'

type CashierSheetProps = { order: Order | null; onClose: () => void; over: Beneath }

/** The channel's own cashier, over the picture; closes the circle when the channel vouches. */
export function CashierSheet({ order, onClose, over }: CashierSheetProps) {
  const t = useT()
  const shown = useLast(order)
  const [paidId, setPaidId] = useState<string>()
  const close = () => {
    if (order && order.id !== paidId && over !== 'order') toast.show(t('cashier.later'))
    onClose()
  }
  return (
    <Sheet
      open={order !== null}
      onClose={close}
      title={t('cashier.title')}
      theme="paper"
      side="end"
      tall
    >
      {shown && (
        <Cashier key={shown.id} order={shown} onPaid={setPaidId}>
          <Paid order={shown} onClose={close} over={over} />
        </Cashier>
      )}
    </Sheet>
  )
}

type CashierProps = { order: Order; onPaid: (orderId: string) => void; children: ReactNode }

/** The channel's page until it vouches for the payment, then `children`. */
function Cashier({ order, onPaid, children }: CashierProps) {
  const t = useT()
  const [language] = useLanguage()
  const [frameLanguage] = useState(language)
  const payment = usePayment(order, () => onPaid(order.id))
  if (payment.state === 'paid') return children
  if (payment.state === 'closed') {
    return <Empty icon="warning" title={t('cashier.closed')} />
  }
  if (payment.error) {
    return <Trouble error={payment.error} onRetry={payment.retry} busy={payment.isStarting} />
  }
  if (!payment.cashierUrl) return <Spinner />
  return (
    <iframe
      className="cashier-frame"
      src={`${payment.cashierUrl}&lang=${frameLanguage}`}
      title={t('cashier.title')}
    />
  )
}

function Paid({ order, onClose, over }: CashierSheetProps & { order: Order }) {
  const t = useT()
  return (
    <div className="cashier-done" role="status">
      <span className="cashier-mark">
        <Icon name="check" />
      </span>
      <h2>{t('cashier.paid')}</h2>
      <Price fen={order.payableFen} size="xl" tone="plain" />
      <p className="k-muted">{t('cashier.next')}</p>
      <Button tone="primary" wide size="l" onClick={onClose}>
        {t(`cashier.back.${over}`)}
      </Button>
      {over !== 'order' && (
        <a
          className="cashier-link"
          href={`/orders/${order.id}`}
          {...(over === 'live' ? { target: '_blank', rel: 'noreferrer' } : {})}
        >
          {t('cashier.toOrder')}
        </a>
      )}
    </div>
  )
}
