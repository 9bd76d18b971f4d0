import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useEffect, useRef, useState } from 'react'

const doneMs = 2_000

type CopyFieldProps = { label: string; value: string; copyLabel: string; hint?: string }

/** Something to take elsewhere: shown whole, copied with one press. */
export function CopyField({ label, value, copyLabel, hint }: CopyFieldProps) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), doneMs)
    return () => clearTimeout(timer)
  }, [isCopied])

  /** Pages that are not served over TLS may not write the clipboard: then the text is selected. */
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
    } catch {
      input.current?.focus()
      input.current?.select()
      toast.show(t('copy.byHand'))
    }
  }
  return (
    <TextField
      ref={input}
      className="copy-field"
      label={label}
      value={value}
      hint={hint}
      readOnly
      spellCheck={false}
      onFocus={event => event.target.select()}
      after={
        <Button
          size="s"
          icon={isCopied ? 'check' : 'copy'}
          aria-label={copyLabel}
          onClick={() => void copy()}
        >
          {isCopied ? t('copy.done') : t('copy.copy')}
        </Button>
      }
    />
  )
}
