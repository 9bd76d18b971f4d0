import { newId } from '@kaibo/kernel/ids'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { useMyShop } from '../account/workplace.tsx'
import { productsKey } from '../products/use-products.ts'
import {
  type Adjustment,
  type AdjustProblem,
  adjustmentOf,
  type Direction,
  noteMax,
} from './model.ts'

type AdjustFormProps = { skuId: string; level: { onHand: number; reserved: number } }

type Draft = { direction: Direction; countText: string; note: string }
const nothing: Draft = { direction: 'add', countText: '', note: '' }

/** Adds to the stock or takes from it, and says why. */
export function AdjustForm({ skuId, level }: AdjustFormProps) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const [draft, setDraft] = useState(nothing)
  const [id, setId] = useState(() => newId())
  const [problem, setProblem] = useState<AdjustProblem>()
  const checked = adjustmentOf(draft, level)
  const change = (fields: Partial<Draft>) => {
    setDraft({ ...draft, ...fields })
    setProblem(undefined)
  }
  const adjust = useActionOf(
    ({ delta, note }: Adjustment) => api.stock.adjust({ shopId, skuId, id, delta, note }),
    {
      refresh: [productsKey(shopId)],
      onDone: reply => {
        toast.success(t('stock.adjusted', { count: reply.onHand }))
        setDraft(nothing)
        // The id names one adjustment; a failed one is tried again under the same.
        setId(newId())
      },
    },
  )
  const submit = () => {
    if ('problem' in checked) setProblem(checked.problem)
    else adjust.run(checked.adjustment)
  }
  return (
    <form
      className="k-card section"
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
    >
      <h2>{t('stock.adjust')}</h2>
      <Choices
        label={t('stock.direction')}
        options={(['add', 'take'] as const).map(value => ({ value, label: t(`stock.${value}`) }))}
        value={draft.direction}
        onChange={direction => change({ direction })}
      />
      <TextField
        label={t('stock.count')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={7}
        value={draft.countText}
        hint={'adjustment' in checked ? t('stock.after', checked.adjustment.after) : undefined}
        error={problem && problem !== 'noteMissing' ? t(`stock.problem.${problem}`) : undefined}
        onChange={event => change({ countText: event.target.value })}
      />
      <TextField
        label={t('stock.note')}
        placeholder={t('stock.noteExample')}
        maxLength={noteMax}
        value={draft.note}
        error={problem === 'noteMissing' ? t('stock.problem.noteMissing') : undefined}
        onChange={event => change({ note: event.target.value })}
      />
      <Button type="submit" tone="primary" busy={adjust.busy}>
        {t('stock.submit')}
      </Button>
    </form>
  )
}
