import type { Order } from '@kaibo/contract/trade/order'
import { stepsToCome } from '@kaibo/contract/trade/order-life'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { CopyLine } from './copy-line.tsx'
import { isSent } from './model.ts'

/** What happened to an order, and what is still to come. */
export function OrderHistory({ order }: { order: Order }) {
  const t = useT()
  const format = useFormat()
  const steps = stepsToCome(order.state).filter(step => step !== 'shipped' || isSent(order))
  const { data } = useQueryOf(['orders', 'history', order.id], () =>
    api.order.history({ id: order.id }),
  )
  return (
    <section className="k-card order-card">
      <h2>{t('order.way')}</h2>
      <ol className="order-steps">
        {data?.items.map(entry => (
          <li key={`${entry.kind} ${entry.at}`} data-done>
            <span>
              <strong>{t(`order.step.${entry.kind}`)}</strong>
              {entry.by === 'merchant' && entry.kind === 'closed' && ` ${t('order.byShop')}`}
              {entry.reason && <span className="order-reason">{entry.reason}</span>}
            </span>
            <span className="k-muted k-num">{format.dateTime(entry.at)}</span>
          </li>
        ))}
        {steps.map(step => (
          <li key={step} data-done="false">
            <strong>{t(`order.step.${step}`)}</strong>
            <span className="k-muted k-num">
              {step === 'completed' && order.receiptDueAt
                ? t('order.step.by', { at: format.dateTime(order.receiptDueAt) })
                : t('order.step.toCome')}
            </span>
          </li>
        ))}
      </ol>
      <CopyLine text={order.number} label={t('order.copyNumber')}>
        {t('order.number', { number: order.number })}
      </CopyLine>
    </section>
  )
}
