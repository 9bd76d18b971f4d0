import { Button } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { type ReactNode, useState } from 'react'
import { Trouble } from '../../shell/trouble.tsx'
import './pay.css'
import { usePayment } from './use-payment.ts'

type CashierProps = {
  orderIds: readonly string[]
  onPaid: () => void
  /** Shown when the channel has vouched. */
  children: (amountFen: number) => ReactNode
}

/** The channel's own page until it vouches for the payment, then `children`. */
export function Cashier({ orderIds, onPaid, children }: CashierProps) {
  const t = useT()
  const [language] = useLanguage()
  const [frameLanguage] = useState(language)
  const payment = usePayment(orderIds, onPaid)
  if (payment.state === 'paid') return children(payment.amountFen ?? 0)
  if (payment.state && payment.state !== 'pending') {
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

type PaidProps = {
  amountFen: number
  orderIds: readonly string[]
  /** Where the buyer goes on. */
  back: 'live' | 'shop' | 'order'
  onBack: () => void
}

/** It is paid: the amount, what comes next, and where to go on. */
export function Paid({ amountFen, orderIds, back, onBack }: PaidProps) {
  const t = useT()
  const [only] = orderIds
  return (
    <div className="cashier-done" role="status">
      <span className="cashier-mark">
        <Icon name="check" />
      </span>
      <h2>{t('cashier.paid')}</h2>
      <Price fen={amountFen} size="xl" tone="plain" />
      <p className="k-muted">{t('cashier.next')}</p>
      <Button tone="primary" wide size="l" onClick={onBack}>
        {t(`cashier.back.${back}`)}
      </Button>
      {back !== 'order' && (
        <a
          className="cashier-link"
          href={orderIds.length === 1 ? `/orders/${only}` : '/orders'}
          {...(back === 'live' ? { target: '_blank', rel: 'noreferrer' } : {})}
        >
          {t('cashier.toOrder')}
        </a>
      )}
    </div>
  )
}
