import { Button } from '@kaibo/ui/control/button.tsx'
import { TextareaField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'

type DecisionProps = {
  busy: boolean
  onDecide: (decision: { isApproved: boolean; reason: string }) => void
}

/** Approve, or reject with a reason. */
export function Decision({ busy, onDecide }: DecisionProps) {
  const t = useT()
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const reject = () => {
    setMissing(reason.trim() === '')
    if (reason.trim() !== '') onDecide({ isApproved: false, reason: reason.trim() })
  }
  return (
    <div className="k-stack">
      <TextareaField
        label={t('reviews.reason')}
        hint={t('reviews.reasonHint')}
        optional
        rows={2}
        maxLength={200}
        value={reason}
        error={isMissing ? t('reviews.reasonMissing') : undefined}
        onChange={event => setReason(event.target.value)}
      />
      <div className="form-foot">
        <Button tone="danger" busy={busy} onClick={reject}>
          {t('reviews.reject')}
        </Button>
        <Button
          tone="primary"
          busy={busy}
          onClick={() => onDecide({ isApproved: true, reason: '' })}
        >
          {t('reviews.approve')}
        </Button>
      </div>
    </div>
  )
}
