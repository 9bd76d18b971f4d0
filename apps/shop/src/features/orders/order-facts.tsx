import { carriers } from '@kaibo/contract/carriers'
import type { Order } from '@kaibo/contract/order'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import type { ReactNode } from 'react'
import { stepsOf } from './model.ts'
import { OrderLines } from './order-lines.tsx'
import { OrderSum } from './order-sum.tsx'

/** Parcels, receiver, goods and money, time line. */
export function OrderFacts({ order }: { order: Order }) {
  const t = useT()
  return (
    <>
      {order.parcels.length > 0 && <Parcels parcels={order.parcels} />}
      <section className="k-card order-card">
        <h2>{order.shop.name}</h2>
        <OrderLines lines={order.lines} />
        <OrderSum sum={order} />
      </section>
      <section className="k-card order-card">
        {order.receiver && (
          <>
            <h2>{t('address.title')}</h2>
            <p className="order-receiver">
              <strong>{order.receiver.name}</strong>{' '}
              <span className="k-num">{order.receiver.phone}</span>
            </p>
            <p className="k-muted">{order.receiver.address}</p>
          </>
        )}
        {order.note && <p className="k-muted">{t('order.note', { note: order.note })}</p>}
      </section>
      <Steps order={order} />
    </>
  )
}

function Steps({ order }: { order: Order }) {
  const t = useT()
  const format = useFormat()
  return (
    <section className="k-card order-card">
      <h2>{t('order.way')}</h2>
      <ol className="order-steps">
        {stepsOf(order).map(step => (
          <li key={step.state} data-done={step.at !== null}>
            <strong>{t(`order.step.${step.state}`)}</strong>
            <span className="k-muted k-num">
              {step.at ? format.dateTime(step.at) : t('order.step.toCome')}
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

function Parcels({ parcels }: { parcels: Order['parcels'] }) {
  const t = useT()
  const [language] = useLanguage()
  return (
    <section className="k-card order-card">
      <h2>{t('order.parcels')}</h2>
      {parcels.map(parcel => (
        <CopyLine key={parcel.id} text={parcel.number} label={t('order.copy')}>
          {carriers[parcel.carrier][language === 'en' ? 'en' : 'zh']} {parcel.number}
        </CopyLine>
      ))}
    </section>
  )
}

function CopyLine(props: { text: string; label: string; children: ReactNode }) {
  const t = useT()
  const copy = async () => {
    await navigator.clipboard.writeText(props.text)
    toast.success(t('order.copied'))
  }
  return (
    <p className="order-copy">
      <span className="k-num">{props.children}</span>
      <IconButton icon="copy" label={props.label} onClick={() => void copy()} />
    </p>
  )
}
