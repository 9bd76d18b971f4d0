import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'

/** The one action of a sheet. */
export function SaveButton({ busy, onSave }: { busy: boolean; onSave: () => void }) {
  const t = useT()
  return (
    <Button tone="primary" wide busy={busy} onClick={onSave}>
      {t('stories.save')}
    </Button>
  )
}
