import type { Order } from '@kaibo/contract/trade/order'
import { Stepper } from '@kaibo/ui/control/stepper.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { leftOf, specText } from './model.ts'

export type SplitLine = { lineId: string; quantity: number }

type SplitFieldsProps = {
  order: Order
  /** Null: everything that is still here goes into this parcel. */
  value: readonly SplitLine[] | null
  onChange: (split: readonly SplitLine[] | null) => void
}

/** What goes into this parcel, when it is not everything. */
export function SplitFields({ order, value, onChange }: SplitFieldsProps) {
  const t = useT()
  const open = leftOf(order)
  const unitCount = open.reduce((sum, each) => sum + each.left, 0)
  if (unitCount < 2) return null
  const whole = open.map(({ line, left }) => ({ lineId: line.id, quantity: left }))
  const quantityOf = (id: string) => value?.find(line => line.lineId === id)?.quantity ?? 0
  const set = (lineId: string, quantity: number) =>
    onChange(
      open.flatMap(({ line }) => {
        const count = line.id === lineId ? quantity : quantityOf(line.id)
        return count > 0 ? { lineId: line.id, quantity: count } : []
      }),
    )
  return (
    <div className="k-stack">
      <label className="k-row">
        <input
          type="checkbox"
          checked={value !== null}
          onChange={event => onChange(event.target.checked ? whole : null)}
        />
        {t('ship.split')}
      </label>
      {value !== null &&
        open.map(({ line, left }) => (
          <div key={line.id} className="order-card-row">
            <span className="k-clamp">
              {line.title} <small className="k-muted">{specText(line.spec)}</small>
            </span>
            <Stepper
              label={line.title}
              value={quantityOf(line.id)}
              min={0}
              max={left}
              onChange={quantity => set(line.id, quantity)}
            />
          </div>
        ))}
    </div>
  )
}
