import { newId } from '@kaibo/kernel/ids'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { SelectField, TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useState } from 'react'
import {
  type Draft,
  draftProblem,
  newDraft,
  newOption,
  optionsMax,
  optionsMin,
  pollKinds,
  windowsSec,
} from './model.ts'

const questionMax = 60
const optionMax = 24

type PollSheetProps = { shopId: string; id: string; open: boolean; onClose: () => void }

/** Prepares a poll or a quiz; opening it comes later, by hand. */
export function PollSheet({ shopId, id, open, onClose }: PollSheetProps) {
  const t = useT()
  const [draft, setDraft] = useState(newDraft)
  const [isChecked, setChecked] = useState(false)
  const problem = draftProblem(draft)
  const create = useCreate({ shopId, id }, () => {
    setDraft(newDraft())
    setChecked(false)
    onClose()
  })
  const change = (fields: Partial<Draft>) => setDraft({ ...draft, ...fields })
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t('polls.new')}
      side="end"
      tall
      footer={
        <Button
          tone="primary"
          wide
          busy={create.busy}
          onClick={() => {
            setChecked(true)
            if (!problem) create.run(draft)
          }}
        >
          {t('polls.create')}
        </Button>
      }
    >
      <div className="k-stack">
        <Choices
          label={t('polls.kindLabel')}
          options={pollKinds.map(value => ({ value, label: t(`polls.kind.${value}`) }))}
          value={draft.kind}
          onChange={kind => change({ kind })}
        />
        <p className="k-muted">{t(`polls.means.${draft.kind}`)}</p>
        <TextField
          label={t('polls.question')}
          value={draft.question}
          maxLength={questionMax}
          error={isChecked && problem === 'question' ? t('polls.problem.question') : undefined}
          onChange={event => change({ question: event.target.value })}
        />
        <OptionFields draft={draft} onChange={change} />
        {isChecked && problem && problem !== 'question' && (
          <p className="poll-problem" role="alert">
            {t(`polls.problem.${problem}`)}
          </p>
        )}
        <SelectField
          label={t('polls.window')}
          value={String(draft.windowSec)}
          options={windowsSec.map(sec => ({
            value: String(sec),
            label: t('polls.sec', { count: sec }),
          }))}
          onChange={event => change({ windowSec: Number(event.target.value) })}
        />
      </div>
    </Sheet>
  )
}

/** Draft in, poll out; it waits for its opening. */
const useCreate = ({ shopId, id }: { shopId: string; id: string }, onDone: () => void) =>
  useActionOf(
    ({ kind, question, options, rightId, windowSec }: Draft) =>
      api.poll.create({
        shopId,
        id,
        pollId: newId(),
        kind,
        question: question.trim(),
        options: options.map(option => option.text.trim()),
        rightOption: kind === 'quiz' ? options.findIndex(option => option.id === rightId) : null,
        windowSec,
      }),
    { refresh: [['polls', id]], onDone },
  )

type OptionFieldsProps = { draft: Draft; onChange: (fields: Partial<Draft>) => void }

function OptionFields({ draft, onChange }: OptionFieldsProps) {
  const t = useT()
  const { kind, options, rightId } = draft
  const write = (id: string, text: string) =>
    onChange({ options: options.map(option => (option.id === id ? { id, text } : option)) })
  const drop = (id: string) =>
    onChange({
      options: options.filter(option => option.id !== id),
      rightId: rightId === id ? null : rightId,
    })
  return (
    <fieldset className="poll-fields">
      <legend className="k-field-label">{t('polls.options')}</legend>
      {options.map(({ id, text }, place) => (
        <div key={id} className="poll-field">
          {kind === 'quiz' && (
            <input
              type="radio"
              name="right"
              aria-label={t('polls.isRight', { place: place + 1 })}
              checked={rightId === id}
              onChange={() => onChange({ rightId: id })}
            />
          )}
          <input
            className="k-input"
            aria-label={t('polls.option', { place: place + 1 })}
            placeholder={t('polls.option', { place: place + 1 })}
            value={text}
            maxLength={optionMax}
            onChange={event => write(id, event.target.value)}
          />
          {options.length > optionsMin && (
            <IconButton
              icon="close"
              label={t('polls.dropOption', { place: place + 1 })}
              onClick={() => drop(id)}
            />
          )}
        </div>
      ))}
      {options.length < optionsMax && (
        <Button
          size="s"
          icon="plus"
          onClick={() => onChange({ options: [...options, newOption()] })}
        >
          {t('polls.addOption')}
        </Button>
      )}
    </fieldset>
  )
}
