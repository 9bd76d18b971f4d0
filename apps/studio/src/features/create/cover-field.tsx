import type { StoredFile } from '@kaibo/contract/people/files'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Spinner } from '@kaibo/ui/feedback/spinner.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useId, useState } from 'react'
import { type CoverProblem, coverProblem, coverTypes } from './model.ts'

type CoverFieldProps = {
  cover: StoredFile | null
  onCover: (cover: StoredFile | null) => void
}

/** Choose or drop a picture; it is uploaded at once and shown as viewers will see it. */
export function CoverField({ cover, onCover }: CoverFieldProps) {
  const t = useT()
  const id = useId()
  const [problem, setProblem] = useState<CoverProblem | null>(null)
  const upload = useActionOf(
    async (file: File) =>
      api.files.upload({
        bytes: new Uint8Array(await file.arrayBuffer()),
        contentType: file.type,
      }),
    { onDone: onCover },
  )
  const take = (file: File | undefined) => {
    if (!file) return
    const wrong = coverProblem(file)
    setProblem(wrong)
    if (!wrong) upload.run(file)
  }
  return (
    <div className="cover-field">
      <label
        className="cover-drop"
        htmlFor={id}
        data-filled={cover !== null || undefined}
        onDragOver={event => event.preventDefault()}
        onDrop={event => {
          event.preventDefault()
          take(event.dataTransfer.files[0])
        }}
      >
        {cover && <img src={cover.url} alt={t('cover.preview')} />}
        {upload.busy ? <Spinner /> : !cover && <Icon name="camera" />}
        <span className="cover-drop-words">{cover ? t('cover.change') : t('cover.choose')}</span>
      </label>
      <div className="cover-words">
        <strong>{t('cover.label')}</strong>
        <p className="k-muted" id={`${id}-note`}>
          {t('cover.hint')}
        </p>
        <p className="cover-problem" role="alert">
          {problem && t(problem)}
        </p>
        {cover && (
          <Button size="s" tone="plain" onClick={() => onCover(null)}>
            {t('cover.remove')}
          </Button>
        )}
      </div>
      <input
        id={id}
        className="k-sr"
        type="file"
        accept={coverTypes.join(',')}
        aria-label={t('cover.label')}
        aria-describedby={`${id}-note`}
        onChange={event => {
          take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </div>
  )
}
