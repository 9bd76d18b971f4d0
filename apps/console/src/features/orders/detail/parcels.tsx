import { carriers } from '@kaibo/contract/trade/carriers'
import type { Order } from '@kaibo/contract/trade/order'
import type { Parcel } from '@kaibo/contract/trade/ship'
import { Button } from '@kaibo/ui/control/button.tsx'
import { SelectField, TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { CopyButton } from '../../../components/copy-button.tsx'
import { ordersKey } from '../use-orders.ts'
import { carrierCodes, carrierFor, carrierOf, isWaybillOf, normalWaybill } from '../waybill.ts'

/** How an order left: every parcel with what is in it; a wrong number can be corrected. */
export function Parcels({ order }: { order: Order }) {
  const t = useT()
  return (
    <section className="section">
      <h2>{t('order.parcels')}</h2>
      {order.parcels.map(parcel => (
        <ParcelRow key={parcel.id} order={order} parcel={parcel} />
      ))}
    </section>
  )
}

function ParcelRow({ order, parcel }: { order: Order; parcel: Parcel }) {
  const t = useT()
  const [language] = useLanguage()
  const [isEditing, setEditing] = useState(false)
  const word = language === 'en' ? 'en' : 'zh'
  const titles = new Map(order.lines.map(line => [line.id, line.title]))
  const isOnItsWay = order.state === 'shipped' || order.state === 'part_shipped'
  return (
    <div className="parcel">
      <p className="k-row">
        <span>{carriers[parcel.carrier][word]}</span>
        <span className="k-num">{parcel.number}</span>
        <CopyButton text={parcel.number} label={t('order.copyWaybill')} />
        {isOnItsWay && !isEditing && (
          <button type="button" className="text-button" onClick={() => setEditing(true)}>
            {t('desk.parcel.correct')}
          </button>
        )}
      </p>
      <small className="k-muted">
        {parcel.lines.map(line => `${titles.get(line.lineId) ?? ''} ×${line.quantity}`).join(' · ')}
      </small>
      {isEditing && <CorrectForm order={order} parcel={parcel} onDone={() => setEditing(false)} />}
    </div>
  )
}

type CorrectProps = { order: Order; parcel: Parcel; onDone: () => void }

function CorrectForm({ order, parcel, onDone }: CorrectProps) {
  const t = useT()
  const [language] = useLanguage()
  const [carrier, setCarrier] = useState(parcel.carrier)
  const [number, setNumber] = useState(parcel.number)
  const correct = useActionOf(
    () => api.ship.correct({ shopId: order.shop.id, id: parcel.id, carrier, number }),
    { refresh: [[...ordersKey(order.shop.id)]], onDone },
  )
  return (
    <form
      className="form-pair"
      onSubmit={event => {
        event.preventDefault()
        correct.run(undefined)
      }}
    >
      <SelectField
        label={t('ship.carrier')}
        value={carrier}
        options={carrierCodes.map(code => ({
          value: code,
          label: carriers[code][language === 'en' ? 'en' : 'zh'],
        }))}
        onChange={event => setCarrier(carrierOf(event.target.value) ?? carrier)}
      />
      <TextField
        label={t('ship.number')}
        value={number}
        maxLength={40}
        onChange={event => {
          const next = normalWaybill(event.target.value)
          setNumber(next)
          setCarrier(carrierFor(next, carrier))
        }}
      />
      <Button size="s" onClick={onDone}>
        {t('desk.back')}
      </Button>
      <Button
        type="submit"
        size="s"
        tone="primary"
        busy={correct.busy}
        disabled={!isWaybillOf(carrier, number)}
      >
        {t('desk.parcel.save')}
      </Button>
    </form>
  )
}
