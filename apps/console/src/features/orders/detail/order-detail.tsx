import type { Order } from '@kaibo/contract/trade/order'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { CopyButton } from '../../../components/copy-button.tsx'
import { StateBadge } from '../state-badge.tsx'
import { OrderHistory } from './history.tsx'
import { OrderLines } from './lines.tsx'
import { NoteForm } from './note-form.tsx'
import { Parcels } from './parcels.tsx'
import { ReceiverCard } from './receiver-card.tsx'

/** Everything about an order. */
export function OrderDetail({ order }: { order: Order }) {
  const t = useT()
  return (
    <>
      <header className="order-head">
        <StateBadge order={order} />
        <strong className="k-num">{order.number}</strong>
        <CopyButton text={order.number} label={t('order.copyNumber')} />
      </header>
      {order.closeReason && (
        <p className="k-muted">
          {t(`order.closeReason.${order.closeReason}`)}
          {order.paidAt && ` ${t('order.refunded')}`}
        </p>
      )}
      {order.note && (
        <p className="order-note">
          <strong>{t('order.note')}</strong> {order.note}
        </p>
      )}
      <NoteForm key={`${order.merchantNote} ${order.merchantFlag}`} order={order} />
      <OrderLines order={order} />
      <Amounts order={order} />
      <ReceiverCard order={order} />
      {order.parcels.length > 0 && <Parcels order={order} />}
      <OrderHistory order={order} />
      <p className="k-muted">
        {t('order.source')} {t(`source.${order.source.kind}`)}{' '}
        {order.source.kind === 'live' && order.source.id && (
          <a href={`/live/${order.source.id}`}>{t('order.toLive')}</a>
        )}
      </p>
    </>
  )
}

function Amounts({ order }: { order: Order }) {
  const t = useT()
  const rows = [
    ['items', order.itemsFen],
    ['shipping', order.shippingFen],
    ['payable', order.payableFen],
  ] as const
  return (
    <dl className="facts order-amounts">
      {rows.map(([name, fen]) => (
        <div key={name} className="order-amount" data-total={name === 'payable' || undefined}>
          <dt>{t(`order.${name}`)}</dt>
          <dd>
            <Price fen={fen} size={name === 'payable' ? 'm' : 's'} tone="plain" />
          </dd>
        </div>
      ))}
    </dl>
  )
}
