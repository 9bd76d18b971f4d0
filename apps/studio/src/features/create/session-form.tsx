import type { StoredFile } from '@kaibo/contract/people/files'
import type { StreamKey } from '@kaibo/contract/show/live'
import { type LiveCategory, liveCategories } from '@kaibo/contract/show/live-life'
import { newId } from '@kaibo/kernel/ids'
import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useMyShop } from '../account/my-shop.tsx'
import { sessionsKey } from '../sessions/keys.ts'
import { AlreadyOpen } from './already-open.tsx'
import { CoverField } from './cover-field.tsx'
import { KeepField } from './keep-field.tsx'
import { titleMax } from './model.ts'
import { PlayFields, type PlayOptions } from './play-fields.tsx'

type SessionFormProps = { onMade: (liveId: string, ingest: StreamKey | null) => void }

/** Title, category, cover, how the room is watched, and whether it is kept. */
export function SessionForm({ onMade }: SessionFormProps) {
  const t = useT()
  const shop = useMyShop()
  // One id for every try: a lost reply never makes two sessions.
  const [id] = useState(() => newId())
  const [title, setTitle] = useState('')
  const [problem, setProblem] = useState<string>()
  const [category, setCategory] = useState<LiveCategory>('tea')
  const [cover, setCover] = useState<StoredFile | null>(null)
  const [watched, setWatched] = useState<PlayOptions>({ latency: 'low', ladder: 'none' })
  const [records, setRecords] = useState(true)
  const cache = useQueryClient()
  const create = useActionOf(
    async () => {
      const session = { id, shopId: shop.id, title: title.trim(), category, ...watched }
      const made = await api.live.create({ ...session, coverFileId: cover?.id ?? null })
      if (!records) await api.recording.set({ id, shopId: shop.id, records: false })
      return made
    },
    {
      refresh: [sessionsKey(shop.id)],
      onDone: ({ session, ingest }) => onMade(session.id, ingest),
      onRefused: ({ code }) => {
        if (code === 'live.already_open') {
          void cache.invalidateQueries({ queryKey: sessionsKey(shop.id) })
        }
        return false
      },
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (title.trim() === '') setProblem(t('create.titleMissing'))
    else create.run(undefined)
  }
  return (
    <form className="k-card k-stack create-form" onSubmit={submit}>
      <AlreadyOpen shopId={shop.id} exceptId={id} />
      <TextField
        label={t('create.titleLabel')}
        placeholder={t('create.titleExample')}
        value={title}
        maxLength={titleMax}
        error={problem}
        after={
          <span className="create-count k-num" aria-hidden="true">
            {title.length}/{titleMax}
          </span>
        }
        onChange={event => {
          setTitle(event.target.value)
          setProblem(undefined)
        }}
      />
      <Choices
        label={t('create.category')}
        options={liveCategories.map(value => ({ value, label: t(`category.${value}`) }))}
        value={category}
        onChange={setCategory}
      />
      <CoverField cover={cover} onCover={setCover} />
      <PlayFields options={watched} onChange={setWatched} />
      <KeepField records={records} onChange={setRecords} />
      <Button type="submit" tone="primary" size="l" wide busy={create.busy}>
        {t('create.submit')}
      </Button>
      <p className="k-muted create-next">{t('create.next')}</p>
    </form>
  )
}
