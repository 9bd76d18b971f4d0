import type { Comment } from '@kaibo/contract/show/chat'
import type { Sanction, SanctionKind } from '@kaibo/contract/show/moderation'
import { newId } from '@kaibo/kernel/ids'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useState } from 'react'
import { offerUndo } from '../../shell/undo.tsx'
import { RecordedAs } from './recorded-as.tsx'
import './guard.css'
import { sanctionsKey } from './keys.ts'
import { durationKey, durationsSec } from './model.ts'

const reasonMax = 100
const kinds = ['mute', 'kick', 'ban'] as const satisfies readonly SanctionKind[]

type SanctionDialogProps = {
  shopId: string
  liveId: string
  /** What was said; null = nothing is asked. */
  comment: Comment | null
  onClose: () => void
  /** What this person wrote is to go. */
  onDone: (removedOf: string) => void
}

/** Mute, kick or ban the author of a comment: a question first, the way back afterwards. */
export function SanctionDialog(props: SanctionDialogProps) {
  const { shopId, liveId, comment, onClose, onDone } = props
  const t = useT()
  const [kind, setKind] = useState<SanctionKind>('mute')
  const [duration, setDuration] = useState('m10')
  const [reason, setReason] = useState('')
  const [removesComments, setRemoves] = useState(false)
  const lift = useLift(shopId)
  const sanction = useActionOf(
    (author: Comment['author']) =>
      api.moderation.sanction({
        shopId,
        id: liveId,
        sanctionId: newId(),
        userId: author.id,
        kind,
        durationSec: durationsSec[kind].find(sec => durationKey(sec) === duration) ?? null,
        reason: reason.trim(),
        removesComments,
      }),
    {
      refresh: [sanctionsKey(shopId)],
      onDone(made: Sanction, author) {
        if (removesComments) onDone(author.id)
        setReason('')
        setRemoves(false)
        onClose()
        offerUndo(t(`guard.done.${kind}`, { name: author.nickname }), () => lift.run(made.id))
      },
    },
  )
  const choose = (next: SanctionKind) => {
    setKind(next)
    setDuration(durationKey(durationsSec[next][0] ?? null))
  }
  return (
    <Dialog
      open={comment !== null}
      onClose={onClose}
      onConfirm={() => comment && sanction.run(comment.author)}
      busy={sanction.busy}
      tone="danger"
      title={t('guard.title', { name: comment?.author.nickname })}
      confirmLabel={t(`guard.${kind}`)}
    >
      <div className="k-stack desk-form">
        <Choices
          label={t('guard.what')}
          options={kinds.map(value => ({ value, label: t(`guard.${value}`) }))}
          value={kind}
          onChange={choose}
        />
        <p className="k-muted">{t(`guard.means.${kind}`)}</p>
        {kind !== 'kick' && (
          <Choices
            label={t('guard.howLong')}
            options={durationsSec[kind].map(sec => ({
              value: durationKey(sec),
              label: t(`guard.for.${durationKey(sec)}`),
            }))}
            value={duration}
            onChange={setDuration}
          />
        )}
        <TextField
          label={t('guard.reason')}
          optional
          value={reason}
          maxLength={reasonMax}
          onChange={event => setReason(event.target.value)}
        />
        <Switch label={t('guard.removes')} checked={removesComments} onChange={setRemoves} />
        <RecordedAs />
      </div>
    </Dialog>
  )
}

/** Takes a sanction back. */
export function useLift(shopId: string) {
  return useActionOf((sanctionId: string) => api.moderation.lift({ shopId, id: sanctionId }), {
    refresh: [sanctionsKey(shopId)],
  })
}
