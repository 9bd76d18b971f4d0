import type { Order } from '@kaibo/contract/trade/order'
import { stepsToCome } from '@kaibo/contract/trade/order-life'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { ordersKey } from '../use-orders.ts'

/** What happened to an order, by whom and why, and what is still to come. */
export function OrderHistory({ order }: { order: Order }) {
  const t = useT()
  const format = useFormat()
  const { shop, id } = order
  const { data } = useQueryOf([...ordersKey(shop.id), 'history', id], () =>
    api.orderdesk.history({ shopId: shop.id, id }),
  )
  return (
    <section className="section">
      <h2>{t('order.timeline')}</h2>
      {!data && <SkeletonList rows={2} />}
      <ol className="order-steps">
        {data?.items.map(entry => (
          <li key={`${entry.kind} ${entry.at}`} data-done>
            <span>
              {t(`order.step.${entry.kind}`)}
              <small className="k-muted"> {t(`order.by.${entry.by}`)}</small>
              {entry.reason && <small className="order-reason">{entry.reason}</small>}
            </span>
            <span className="k-muted k-num">{format.dateTime(entry.at)}</span>
          </li>
        ))}
        {stepsToCome(order.state).map(step => (
          <li key={step} data-done="false">
            <span>{t(`order.step.${step}`)}</span>
            <span>
              {step === 'completed' && order.receiptDueAt
                ? t('order.step.by', { at: format.dateTime(order.receiptDueAt) })
                : t('order.step.toCome')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
