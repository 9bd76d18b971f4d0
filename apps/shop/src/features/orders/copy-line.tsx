import { IconButton } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import type { ReactNode } from 'react'

/** A number that people take elsewhere. */
export function CopyLine(props: { text: string; label: string; children: ReactNode }) {
  const t = useT()
  const copy = async () => {
    await navigator.clipboard.writeText(props.text)
    toast.success(t('order.copied'))
  }
  return (
    <p className="order-copy">
      <span className="k-num">{props.children}</span>
      <IconButton icon="copy" label={props.label} onClick={() => void copy()} />
    </p>
  )
}
