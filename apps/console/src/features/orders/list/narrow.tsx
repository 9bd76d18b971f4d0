import { Button } from '@kaibo/ui/control/button.tsx'
import { SelectField, TextField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Popover } from 'antd'
import { useState } from 'react'
import { MoneyField } from '../../../components/form/fields.tsx'
import { filterDefaults, flags, narrowCount, type OrderFilters, sourceKinds } from './filters.ts'

type NarrowProps = {
  filters: OrderFilters
  onFilter: (change: Partial<Record<keyof OrderFilters, string>>) => void
}

/** More filters, behind a button that says how many are set. */
export function OrderNarrow({ filters, onFilter }: NarrowProps) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const count = narrowCount(filters)
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      content={<NarrowForm filters={filters} onFilter={onFilter} onDone={() => setOpen(false)} />}
    >
      <Button size="s" aria-expanded={isOpen}>
        {count > 0 ? t('narrow.set', { count }) : t('narrow.more')}
      </Button>
    </Popover>
  )
}

function NarrowForm({ filters, onFilter, onDone }: NarrowProps & { onDone: () => void }) {
  const t = useT()
  const [typed, setTyped] = useState(filters)
  const set = (change: Partial<OrderFilters>) => setTyped({ ...typed, ...change })
  const apply = (next: OrderFilters) => {
    onFilter(next)
    onDone()
  }
  return (
    <form
      className="narrow-form"
      onSubmit={event => {
        event.preventDefault()
        apply(typed)
      }}
    >
      <TextField
        label={t('narrow.title')}
        value={typed.title}
        maxLength={60}
        onChange={event => set({ title: event.target.value })}
      />
      <div className="form-pair">
        <TextField
          label={t('narrow.from')}
          type="date"
          value={typed.from}
          onChange={event => set({ from: event.target.value })}
        />
        <TextField
          label={t('narrow.to')}
          type="date"
          value={typed.to}
          onChange={event => set({ to: event.target.value })}
        />
      </div>
      <div className="form-pair">
        <MoneyField label={t('narrow.min')} value={typed.min} onChange={min => set({ min })} />
        <MoneyField label={t('narrow.max')} value={typed.max} onChange={max => set({ max })} />
      </div>
      <Choices typed={typed} onChange={set} />
      <div className="form-foot">
        <Button
          onClick={() => apply({ ...filterDefaults, state: filters.state, number: filters.number })}
        >
          {t('narrow.clear')}
        </Button>
        <Button type="submit" tone="primary">
          {t('narrow.apply')}
        </Button>
      </div>
    </form>
  )
}

type ChoicesProps = { typed: OrderFilters; onChange: (change: Partial<OrderFilters>) => void }

/** Source, notes, colour. */
function Choices({ typed, onChange }: ChoicesProps) {
  const t = useT()
  const all = { value: 'all', label: t('narrow.any') }
  return (
    <>
      <SelectField
        label={t('narrow.source')}
        value={typed.source}
        options={[all, ...sourceKinds.map(kind => ({ value: kind, label: t(`source.${kind}`) }))]}
        onChange={event => onChange({ source: event.target.value })}
      />
      <div className="form-pair">
        <SelectField
          label={t('narrow.note')}
          value={typed.note}
          options={[
            all,
            { value: 'yes', label: t('narrow.withNote') },
            { value: 'no', label: t('narrow.withoutNote') },
          ]}
          onChange={event => onChange({ note: event.target.value })}
        />
        <SelectField
          label={t('narrow.flag')}
          value={typed.flag}
          options={[all, ...flags.map(flag => ({ value: flag, label: t(`flag.${flag}`) }))]}
          onChange={event => onChange({ flag: event.target.value })}
        />
      </div>
    </>
  )
}
