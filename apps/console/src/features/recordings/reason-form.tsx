import { Button } from '@kaibo/ui/control/button.tsx'
import { TextareaField } from '@kaibo/ui/control/field.tsx'
import { useState } from 'react'

const reasonCharsMax = 200

type ReasonFormProps = {
  label: string
  hint?: string
  button: string
  busy: boolean
  onSend: (reason: string) => void
}

/** A sentence that is kept for good, and the button that it belongs to. */
export function ReasonForm({ label, hint, button, busy, onSend }: ReasonFormProps) {
  const [reason, setReason] = useState('')
  const isEmpty = reason.trim() === ''
  return (
    <form
      className="k-stack"
      onSubmit={event => {
        event.preventDefault()
        if (isEmpty) return
        onSend(reason.trim())
        setReason('')
      }}
    >
      <TextareaField
        label={label}
        {...(hint === undefined ? {} : { hint })}
        rows={2}
        maxLength={reasonCharsMax}
        value={reason}
        onChange={event => setReason(event.target.value)}
      />
      <div>
        <Button type="submit" tone="primary" busy={busy} disabled={isEmpty}>
          {button}
        </Button>
      </div>
    </form>
  )
}
