import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import type { ReactNode } from 'react'

type BulkBarProps = { count: number; onClear: () => void; children: ReactNode }

/** What can be done with every ticked row at once. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const t = useT()
  if (count === 0) return null
  return (
    <fieldset className="bulk-bar" aria-label={t('bulk.label')}>
      <span className="k-num">{t('bulk.count', { count })}</span>
      {children}
      <Button size="s" tone="quiet" onClick={onClear}>
        {t('bulk.clear')}
      </Button>
    </fieldset>
  )
}
