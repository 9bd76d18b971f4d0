import { type CarrierCode, carriers } from '@kaibo/contract/trade/carriers'
import type { Order } from '@kaibo/contract/trade/order'
import { newId } from '@kaibo/kernel/ids'
import { Button } from '@kaibo/ui/control/button.tsx'
import { SelectField, TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { useEffect, useRef, useState } from 'react'
import { actionsOf, hasMovedOn } from './model.ts'
import { SplitFields, type SplitLine } from './split-fields.tsx'
import { useOrder } from './use-orders.ts'
import {
  carrierCodes,
  carrierFor,
  carrierOf,
  isWaybillOf,
  normalWaybill,
  waybillExamples,
} from './waybill.ts'

type ShipFormProps = {
  order: Order
  isLast: boolean
  onShipped: () => void
  onSkip: () => void
}

// Most shops use one carrier: the next parcel begins with the one before.
let carrierBefore: CarrierCode = 'sf'

/** Carrier and waybill number; a scanned number finds its carrier and is sent by its Enter. */
export function ShipForm({ order, isLast, onShipped, onSkip }: ShipFormProps) {
  const t = useT()
  const [carrier, setCarrier] = useState(carrierBefore)
  const [number, setNumber] = useState('')
  const [problem, setProblem] = useState<string>()
  const [parcelId] = useState(() => newId())
  const field = useRef<HTMLInputElement>(null)
  const [split, setSplit] = useState<readonly SplitLine[] | null>(null)
  const names = useCarrierNames()
  const now = useOrder(order.shop.id, order.id).data
  const isLate = now !== undefined && hasMovedOn(order, now)
  useEffect(() => field.current?.focus(), [])

  const ship = useActionOf(
    () =>
      api.ship.ship({
        ...{ shopId: order.shop.id, id: order.id, parcelId, carrier, number },
        ...(split ? { lines: [...split] } : {}),
      }),
    {
      onDone: () => {
        carrierBefore = carrier
        onShipped()
      },
      onRefused: error => {
        setProblem(error.message)
        return error.status > 0
      },
    },
  )
  const submit = () => {
    if (isWaybillOf(carrier, number)) return ship.run(undefined)
    const facts = { carrier: names[carrier], example: waybillExamples[carrier] }
    setProblem(number === '' ? t('ship.numberMissing') : t('ship.numberWrong', facts))
    field.current?.focus()
  }
  const choose = (next: CarrierCode) => {
    setCarrier(next)
    setProblem(undefined)
  }
  return (
    <form
      className="k-stack"
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
    >
      <SelectField
        label={t('ship.carrier')}
        value={carrier}
        options={carrierCodes.map(code => ({ value: code, label: names[code] }))}
        onChange={event => choose(carrierOf(event.target.value) ?? carrier)}
      />
      <TextField
        ref={field}
        label={t('ship.number')}
        hint={t('ship.example', { example: waybillExamples[carrier] })}
        value={number}
        error={problem}
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        onChange={event => {
          const next = normalWaybill(event.target.value)
          setNumber(next)
          choose(carrierFor(next, carrier))
        }}
      />
      {actionsOf(order).canShip && <SplitFields order={order} value={split} onChange={setSplit} />}
      {isLate && <Late state={now.state} />}
      <Foot
        isLast={isLast}
        canSkip={!isLast || isLate}
        busy={ship.busy}
        disabled={isLate || split?.length === 0}
        onSkip={onSkip}
      />
    </form>
  )
}

type FootProps = {
  isLast: boolean
  canSkip: boolean
  busy: boolean
  disabled: boolean
  onSkip: () => void
}

function Foot({ isLast, canSkip, busy, disabled, onSkip }: FootProps) {
  const t = useT()
  return (
    <div className="ship-actions">
      {canSkip && (
        <Button tone="plain" onClick={onSkip}>
          {t('ship.skip')}
        </Button>
      )}
      <Button type="submit" tone="primary" busy={busy} disabled={disabled}>
        {isLast ? t('ship.confirm') : t('ship.confirmNext')}
      </Button>
    </div>
  )
}

/** Somebody else was quicker. */
function Late({ state }: Pick<Order, 'state'>) {
  const t = useT()
  return (
    <p className="ship-late" role="alert">
      {t('ship.late', { state: t(`orders.state.${state}`) })}
    </p>
  )
}

function useCarrierNames(): Readonly<Record<CarrierCode, string>> {
  const [language] = useLanguage()
  const word = language === 'en' ? 'en' : 'zh'
  return {
    sf: carriers.sf[word],
    yto: carriers.yto[word],
    zto: carriers.zto[word],
    sto: carriers.sto[word],
    ems: carriers.ems[word],
    jd: carriers.jd[word],
  }
}
