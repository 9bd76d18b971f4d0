import type { StoredFile } from '@kaibo/contract/people/files'
import type { Story } from '@kaibo/contract/show/story'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { TextareaField, TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { coverProblem, coverTypes } from '../create/model.ts'
import { SaveButton } from './save-button.tsx'
import { useSaveStory } from './use-save-story.ts'
import './stories.css'

export const titleMax = 40
const picturesMax = 9
const bodyMax = 2_000
const empty = { title: '', text: '' }

type Picture = Pick<StoredFile, 'id' | 'url'>

type StorySheetProps = {
  shopId: string
  /** What is written anew; null for a new one. */
  story: Extract<Story, { kind: 'story' }> | null
  open: boolean
  onClose: () => void
}

/** A brand story: a title, some words, some pictures. */
export function StorySheet({ shopId, story, open, onClose }: StorySheetProps) {
  const t = useT()
  const [words, setWords] = useState({
    ...empty,
    ...(story && { title: story.title, text: story.text }),
  })
  const [pictures, setPictures] = useState<readonly Picture[]>(
    story?.pictures.map(({ fileId: id, url }) => ({ id, url })) ?? [],
  )
  const [isChecked, setChecked] = useState(false)
  const save = useSaveStory(
    { shopId, id: story?.id },
    {
      onDone() {
        setWords(empty)
        setPictures([])
        setChecked(false)
        onClose()
      },
    },
  )
  const isUntitled = words.title.trim() === ''
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t(story ? 'stories.editStory' : 'stories.newStory')}
      side="end"
      tall
      footer={
        <SaveButton
          busy={save.busy}
          onSave={() => {
            setChecked(true)
            if (isUntitled) return
            save.run({
              kind: 'story',
              title: words.title.trim(),
              text: words.text.trim(),
              pictureFileIds: pictures.map(({ id }) => id),
            })
          }}
        />
      }
    >
      <div className="k-stack">
        <TextField
          label={t('stories.title')}
          value={words.title}
          maxLength={titleMax}
          error={isChecked && isUntitled ? t('stories.untitled') : undefined}
          onChange={event => setWords({ ...words, title: event.target.value })}
        />
        <TextareaField
          label={t('stories.text')}
          optional
          rows={6}
          value={words.text}
          maxLength={bodyMax}
          onChange={event => setWords({ ...words, text: event.target.value })}
        />
        <Pictures pictures={pictures} onChange={setPictures} />
      </div>
    </Sheet>
  )
}

type PicturesProps = {
  pictures: readonly Picture[]
  onChange: (pictures: readonly Picture[]) => void
}

function Pictures({ pictures, onChange }: PicturesProps) {
  const t = useT()
  const upload = useActionOf(
    async (file: File) =>
      api.files.upload({
        bytes: new Uint8Array(await file.arrayBuffer()),
        contentType: file.type,
      }),
    { onDone: stored => onChange([...pictures, stored]) },
  )
  const take = (file: File | undefined) => {
    if (!file) return
    const problem = coverProblem(file)
    if (problem) toast.error(t(problem))
    else upload.run(file)
  }
  return (
    <fieldset className="story-pictures">
      <legend className="k-field-label">{t('stories.pictures')}</legend>
      {pictures.map(({ id, url }, place) => (
        <span key={id} className="story-picture">
          <img src={url} alt={t('stories.picture', { place: place + 1 })} />
          <IconButton
            icon="close"
            tone="glass"
            label={t('stories.dropPicture', { place: place + 1 })}
            onClick={() => onChange(pictures.filter(picture => picture.id !== id))}
          />
        </span>
      ))}
      {pictures.length < picturesMax && (
        <label className="story-add">
          <input
            className="k-sr"
            type="file"
            accept={coverTypes.join(',')}
            disabled={upload.busy}
            onChange={event => {
              take(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          {t(upload.busy ? 'stories.uploading' : 'stories.addPicture')}
        </label>
      )}
    </fieldset>
  )
}
