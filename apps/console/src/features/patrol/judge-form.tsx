import type { PatrolRoom } from '@kaibo/contract/media/patrol'
import {
  type BanSubject,
  banSubjects,
  type PatrolReason,
  patrolReasons,
  type VerdictKind,
} from '@kaibo/contract/media/patrol-life'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Tick } from '@kaibo/ui/choice/tick.tsx'
import { SelectField, TextareaField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { pictureUrl } from './model.ts'
import { patrolKey } from './use-patrol.ts'

/** What somebody is about to decide, and about which picture. */
export type Trial = { room: PatrolRoom; kind: VerdictKind; pictureId: string | null }

/** Asks for the reason before anything happens; the picture in question stays in sight. */
export function JudgeForm(props: JudgeFormProps) {
  const { trial } = props
  // Another trial begins with nothing of the one before.
  const key = trial ? `${trial.room.live.id} ${trial.kind}` : 'none'
  return <Form key={key} {...props} />
}

type JudgeFormProps = {
  trial: Trial | null
  onClose: () => void
  onDone: (kind: VerdictKind) => void
}

/** The dialog scrolls: what is missing must not stay below its edge. */
const showIt = (line: HTMLElement | null) => line?.scrollIntoView({ block: 'nearest' })

/** Days of a ban; 0 = for good. */
const dayChoices = [1, 3, 7, 30, 0] as const

function useVerdict({ trial, onClose, onDone }: JudgeFormProps) {
  const t = useT()
  const [verdictId] = useState(() => crypto.randomUUID())
  const [reason, setReason] = useState<PatrolReason | null>(null)
  const [isMissing, setMissing] = useState(false)
  const [note, setNote] = useState('')
  const [subjects, setSubjects] = useState<readonly BanSubject[]>(['shop'])
  const [days, setDays] = useState(7)
  const judge = useActionOf(
    ({ room, kind, pictureId, why }: Trial & { why: PatrolReason }) =>
      api.verdict.judge({
        id: room.live.id,
        ...{ verdictId, kind, reason: why, pictureId, note: note.trim() },
        subjects: kind === 'ban' ? [...subjects] : [],
        days: kind === 'ban' && days > 0 ? days : null,
      }),
    {
      refresh: [patrolKey],
      onDone: (_, { kind }) => {
        toast.success(t(`patrol.done.${kind}`))
        onClose()
        onDone(kind)
      },
    },
  )
  return {
    ...{ reason, isMissing, note, setNote, subjects, days, setDays, busy: judge.busy },
    setReason(next: PatrolReason) {
      setReason(next)
      setMissing(false)
    },
    toggle: (subject: BanSubject) =>
      setSubjects(banSubjects.filter(each => subjects.includes(each) !== (each === subject))),
    submit() {
      setMissing(reason === null)
      if (trial && reason && (trial.kind !== 'ban' || subjects.length > 0))
        judge.run({ ...trial, why: reason })
    },
  }
}

function Form(props: JudgeFormProps) {
  const { trial, onClose } = props
  const t = useT()
  const form = useVerdict(props)
  const kind = trial?.kind ?? 'warn'
  return (
    <Dialog
      open={trial !== null}
      onClose={onClose}
      onConfirm={form.submit}
      busy={form.busy}
      tone={kind === 'warn' ? 'primary' : 'danger'}
      title={t(`patrol.ask.${kind}`)}
      confirmLabel={t(`patrol.confirm.${kind}`)}
    >
      <div className="judge">
        <div className="judge-room">
          {trial?.pictureId && <img src={pictureUrl(trial.pictureId)} alt="" />}
          <p>
            <b>{trial?.room.live.title}</b>
            <span className="k-muted">{trial?.room.live.shopName}</span>
            <span>{t(`patrol.effect.${kind}`)}</span>
          </p>
        </div>
        <Choices
          label={t('patrol.reasonLabel')}
          options={patrolReasons.map(value => ({ value, label: t(`patrol.reason.${value}`) }))}
          value={form.reason}
          onChange={form.setReason}
        />
        {form.isMissing && (
          <p className="judge-missing" role="alert" ref={showIt}>
            {t('patrol.reasonMissing')}
          </p>
        )}
        {kind === 'ban' && <BanFields form={form} />}
        <TextareaField
          label={t('patrol.note')}
          hint={t('patrol.noteHint')}
          optional
          rows={2}
          maxLength={200}
          value={form.note}
          onChange={event => form.setNote(event.target.value)}
        />
      </div>
    </Dialog>
  )
}

function BanFields({ form }: { form: ReturnType<typeof useVerdict> }) {
  const t = useT()
  return (
    <div className="judge-ban">
      <fieldset className="k-row">
        <legend className="k-field-label">{t('patrol.banWho')}</legend>
        {banSubjects.map(subject => (
          <Tick
            key={subject}
            checked={form.subjects.includes(subject)}
            onChange={() => form.toggle(subject)}
          >
            {t(`patrol.subject.${subject}`)}
          </Tick>
        ))}
      </fieldset>
      <SelectField
        label={t('patrol.banDays')}
        value={String(form.days)}
        options={dayChoices.map(days => ({
          value: String(days),
          label: days === 0 ? t('patrol.forGood') : t('patrol.days', { count: days }),
        }))}
        onChange={event => form.setDays(Number(event.target.value))}
      />
    </div>
  )
}
