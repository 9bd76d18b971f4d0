import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'

/** Copies a text and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const t = useT()
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => toast.success(t('copy.done')),
      () => toast.error(t('copy.failed')),
    )
  return <IconButton icon="copy" label={label} onClick={() => void copy()} />
}
