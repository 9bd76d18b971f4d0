import { carriers } from '@kaibo/contract/carriers'
import type { Order } from '@kaibo/contract/order'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { stepsOf } from './model.ts'

/** Parcels, receiver, money, time line. */
export function OrderFacts({ order }: { order: Order }) {
  const t = useT()
  const format = useFormat()
  return (
    <>
      {order.parcels.length > 0 && <Parcels parcels={order.parcels} />}
      <section className="k-card">
        <h2>{t('address.title')}</h2>
        <p>
          {order.receiver.name} {order.receiver.phone}
        </p>
        <p className="k-muted">{order.receiver.address}</p>
        {order.note && <p className="k-muted">{t('order.note', { note: order.note })}</p>}
      </section>
      <section className="k-card">
        <dl className="order-sum">
          <dt>{t('checkout.items')}</dt>
          <dd>
            <Price fen={order.itemsFen} size="s" tone="plain" />
          </dd>
          <dt>{t('checkout.shipping')}</dt>
          <dd>
            {order.shippingFen === 0 ? (
              t('checkout.free')
            ) : (
              <Price fen={order.shippingFen} size="s" tone="plain" />
            )}
          </dd>
          <dt>{t('orders.total')}</dt>
          <dd>
            <Price fen={order.payableFen} size="m" />
          </dd>
        </dl>
      </section>
      <section className="k-card">
        <h2>{t('order.way')}</h2>
        <ol className="order-steps">
          {stepsOf(order).map(step => (
            <li key={step.state} data-done={step.at !== null}>
              <strong>{t(`order.step.${step.state}`)}</strong>
              <span className="k-muted">
                {step.at ? format.dateTime(step.at) : t('order.step.toCome')}
              </span>
            </li>
          ))}
        </ol>
        <p className="k-muted">{t('order.number', { number: order.number })}</p>
      </section>
    </>
  )
}

function Parcels({ parcels }: { parcels: Order['parcels'] }) {
  const t = useT()
  const [language] = useLanguage()
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text)
    toast.success(t('order.copied'))
  }
  return (
    <section className="k-card">
      <h2>{t('order.parcels')}</h2>
      {parcels.map(parcel => (
        <p key={parcel.id} className="order-parcel">
          <span>{carriers[parcel.carrier][language === 'en' ? 'en' : 'zh']}</span>
          <span className="k-num">{parcel.number}</span>
          <IconButton
            icon="copy"
            label={t('order.copy')}
            onClick={() => void copy(parcel.number)}
          />
        </p>
      ))}
    </section>
  )
}
