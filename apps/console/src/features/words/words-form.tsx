import {
  type WordScene,
  wordScenes,
  wordsPerCallMax,
  wordTiers,
} from '@kaibo/contract/show/wordlist'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Field, TextareaField, TextField } from '@kaibo/ui/control/field.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { Select } from 'antd'
import { useState } from 'react'
import { FormDrawer } from '../../components/form/form-drawer.tsx'
import { linesProblem, type WordsDraft, wordsIn } from './model.ts'
import type { WordListOf } from './use-words.ts'

type WordsFormProps = {
  list: WordListOf
  /** What the form begins with; null = closed. */
  initial: WordsDraft | null
  onClose: () => void
}

/** New words, or another tier for known ones. */
export function WordsForm({ initial, ...props }: WordsFormProps) {
  return <Form key={initial ? 'open' : 'closed'} initial={initial} {...props} />
}

const noteMax = 100

function Form({ list, initial, onClose }: WordsFormProps) {
  const t = useT()
  const isChange = initial !== null && initial.lines !== ''
  const [draft, setDraft] = useState(initial)
  const [tooShort, setTooShort] = useState<readonly string[]>([])
  const problem = linesProblem(draft?.lines ?? '')
  const change = (fields: Partial<WordsDraft>) => draft && setDraft({ ...draft, ...fields })
  const put = useActionOf(
    ({ lines, ...all }: WordsDraft) =>
      list.put({ ...all, words: wordsIn(lines), note: all.note.trim() }),
    {
      refresh: [list.key],
      onDone: ({ addedCount, changedCount, tooShort: left }) => {
        toast.success(t('words.set', { addedCount, changedCount }))
        setTooShort(left)
        // What was not taken stays, to be written longer.
        if (left.length > 0) change({ lines: left.join('\n') })
        else onClose()
      },
    },
  )
  return (
    <FormDrawer
      open={initial !== null}
      onClose={onClose}
      title={t(isChange ? 'words.change' : 'words.new')}
      submitLabel={t('words.save')}
      busy={put.busy}
      onSubmit={() => draft && problem === null && put.run(draft)}
    >
      <TextareaField
        label={t('words.lines')}
        hint={t('words.linesHint', { max: wordsPerCallMax })}
        rows={isChange ? 1 : 8}
        readOnly={isChange}
        value={draft?.lines ?? ''}
        error={
          problem !== null && problem !== 'none'
            ? t(`words.problem.${problem}`, { max: wordsPerCallMax })
            : tooShort.length > 0
              ? t('words.tooShort', { words: tooShort.join(', ') })
              : undefined
        }
        onChange={event => change({ lines: event.target.value })}
      />
      <Choices
        label={t('words.column.tier')}
        options={wordTiers.map(value => ({ value, label: t(`words.tier.${value}`) }))}
        value={draft?.tier ?? 'review'}
        onChange={tier => change({ tier })}
      />
      <p className="k-muted">{t(`words.tierHint.${draft?.tier ?? 'review'}`)}</p>
      <ScenesField scenes={draft?.scenes ?? []} onChange={scenes => change({ scenes })} />
      <TextField
        label={t('words.column.note')}
        optional
        maxLength={noteMax}
        value={draft?.note ?? ''}
        onChange={event => change({ note: event.target.value })}
      />
    </FormDrawer>
  )
}

type ScenesFieldProps = { scenes: WordScene[]; onChange: (scenes: WordScene[]) => void }

function ScenesField({ scenes, onChange }: ScenesFieldProps) {
  const t = useT()
  return (
    <Field label={t('words.column.scenes')} optional>
      {({ id }) => (
        <Select
          id={id}
          mode="multiple"
          variant="borderless"
          style={{ width: '100%' }}
          placeholder={t('words.everywhere')}
          value={scenes}
          options={wordScenes.map(value => ({ value, label: t(`words.scene.${value}`) }))}
          onChange={onChange}
        />
      )}
    </Field>
  )
}
