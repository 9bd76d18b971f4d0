import { carriers } from '@kaibo/contract/carriers'
import type { Order } from '@kaibo/contract/order'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { specText, timelineOf } from './model.ts'
import { ReceiverCard } from './receiver-card.tsx'
import { StateBadge } from './state-badge.tsx'

/** Everything about an order. */
export function OrderDetail({ order }: { order: Order }) {
  const t = useT()
  return (
    <>
      <header className="order-head">
        <StateBadge state={order.state} />
        <strong className="k-num">{order.number}</strong>
        <CopyButton text={order.number} label={t('order.copyNumber')} />
      </header>
      {order.closeReason && (
        <p className="k-muted">{t(`order.closeReason.${order.closeReason}`)}</p>
      )}
      {order.note && (
        <p className="order-note">
          <strong>{t('order.note')}</strong> {order.note}
        </p>
      )}
      <Lines lines={order.lines} />
      <Amounts order={order} />
      <ReceiverCard order={order} />
      {order.parcels.length > 0 && <Parcels parcels={order.parcels} />}
      <Timeline order={order} />
      {order.source.kind === 'live' && order.source.id && (
        <p className="k-muted">
          {t('order.fromLive')} <a href={`/live/${order.source.id}`}>{t('order.toLive')}</a>
        </p>
      )}
    </>
  )
}

function Lines({ lines }: Pick<Order, 'lines'>) {
  const t = useT()
  return (
    <section className="section">
      <h2>{t('order.lines')}</h2>
      <ul className="order-lines">
        {lines.map(line => (
          <li key={line.id}>
            {line.pictureUrl && <img className="thumb" src={line.pictureUrl} alt="" />}
            <div className="order-line-words">
              <span>{line.title}</span>
              <small className="k-muted">{specText(line.spec)}</small>
            </div>
            <div className="order-line-sum">
              <Price fen={line.payableFen} size="s" tone="plain" />
              <small className="k-muted k-num">
                <Price fen={line.unitPriceFen} size="s" tone="plain" /> ×{line.quantity}
              </small>
            </div>
          </li>
        ))}
      </ul>
    </section>
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

function Parcels({ parcels }: Pick<Order, 'parcels'>) {
  const t = useT()
  const [language] = useLanguage()
  return (
    <section className="section">
      <h2>{t('order.parcels')}</h2>
      {parcels.map(parcel => (
        <p key={parcel.id} className="k-row">
          <span>{carriers[parcel.carrier][language === 'en' ? 'en' : 'zh']}</span>
          <span className="k-num">{parcel.number}</span>
          <CopyButton text={parcel.number} label={t('order.copyWaybill')} />
        </p>
      ))}
    </section>
  )
}

function Timeline({ order }: { order: Order }) {
  const t = useT()
  const format = useFormat()
  return (
    <section className="section">
      <h2>{t('order.timeline')}</h2>
      <ol className="order-steps">
        {timelineOf(order).map(step => (
          <li key={step.id} data-done={step.at !== null}>
            <span>{t(`order.step.${step.id}`)}</span>
            <span className="k-muted k-num">
              {step.at ? format.dateTime(step.at) : t('order.step.toCome')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
