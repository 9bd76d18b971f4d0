import type { StockRow } from '@kaibo/contract/goods/stock'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { type KeyboardEvent, useState } from 'react'
import { parseCount } from '../../components/form/yuan.ts'
import { useMyShop, useWorkplace } from '../account/workplace.tsx'
import { productsKey } from '../products/use-products.ts'

type NumberCellProps = {
  label: string
  value: number | null
  busy: boolean
  onSave: (value: number) => void
  placeholder?: string
}

/** A number that is changed where it stands: type, Enter saves, Escape takes back. */
export function NumberCell({ label, value, busy, onSave, placeholder }: NumberCellProps) {
  const t = useT()
  const shown = value === null ? '' : String(value)
  const [typed, setTyped] = useState<string | null>(null)
  const count = typed === null ? value : parseCount(typed, 1_000_000_000)
  const isWrong = typed !== null && typed !== '' && count === null
  const save = () => {
    if (count !== null && count !== value) onSave(count)
    setTyped(null)
  }
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      save()
      event.currentTarget.blur()
    }
    if (event.key === 'Escape') setTyped(null)
  }
  return (
    <input
      className="number-cell k-num"
      inputMode="numeric"
      autoComplete="off"
      maxLength={10}
      aria-label={label}
      aria-invalid={isWrong || undefined}
      title={isWrong ? t('stock.problem.countWrong') : undefined}
      placeholder={placeholder}
      disabled={busy}
      value={typed ?? shown}
      onChange={event => setTyped(event.target.value)}
      onKeyDown={keys}
      // Leaving without Enter changes nothing: a slip of the mouse must not move stock.
      onBlur={() => setTyped(null)}
    />
  )
}

/** How many there are: a new number becomes an adjustment with a note of its own. */
export function OnHandCell({ row }: { row: StockRow }) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const { can } = useWorkplace()
  const adjust = useActionOf(
    (onHand: number) =>
      api.stock.adjust({
        ...{ shopId, skuId: row.skuId, id: newId(), delta: onHand - row.onHand },
        note: t('stockList.inPlaceNote'),
      }),
    {
      refresh: [productsKey(shopId)],
      onDone: level => toast.success(t('stock.adjusted', { count: level.onHand })),
    },
  )
  if (!can('stock.manage')) return <span className="k-num">{row.onHand}</span>
  const label = t('stockList.onHandOf', { title: row.title })
  return <NumberCell label={label} value={row.onHand} busy={adjust.busy} onSave={adjust.run} />
}

/** How few are too few. */
export function ThresholdCell({ row }: { row: StockRow }) {
  const t = useT()
  const { id: shopId } = useMyShop()
  const { can } = useWorkplace()
  const set = useActionOf(
    (lowBelow: number) => api.stock.setThreshold({ shopId, skuId: row.skuId, lowBelow }),
    {
      refresh: [productsKey(shopId)],
      onDone: ({ lowBelow }) => toast.success(t('stockList.thresholdSet', { count: lowBelow })),
    },
  )
  if (!can('stock.manage')) return <span className="k-num">{row.lowBelow}</span>
  const label = t('stockList.thresholdOf', { title: row.title })
  return <NumberCell label={label} value={row.lowBelow} busy={set.busy} onSave={set.run} />
}
