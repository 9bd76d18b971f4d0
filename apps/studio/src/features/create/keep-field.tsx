import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'

type KeepFieldProps = { records: boolean; onChange: (records: boolean) => void }

/** Whether the show is recorded: a choice where the platform leaves it, else a word about it. */
export function KeepField({ records, onChange }: KeepFieldProps) {
  const t = useT()
  const { data: terms } = useQueryOf(['recording-terms'], () => api.recording.terms())
  if (terms?.isOptional) {
    return (
      <Switch
        label={t('create.records')}
        hint={t('create.recordsHint')}
        checked={records}
        onChange={onChange}
      />
    )
  }
  return (
    <p className="k-muted">
      {t('create.recordsAlways', {
        show: terms?.keepShowDays ?? '…',
        trade: terms?.keepTradeDays ?? '…',
      })}
    </p>
  )
}
