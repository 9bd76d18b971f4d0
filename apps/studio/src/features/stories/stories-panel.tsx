import type { Story } from '@kaibo/contract/show/story'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useState } from 'react'
import { QueryError } from '../../shell/query-error.tsx'
import type { MyShop } from '../account/model.ts'
import { RecordedAs } from '../guard/recorded-as.tsx'
import { ComparisonSheet } from './comparison-sheet.tsx'
import { toggled } from './model.ts'
import './stories.css'
import { StorySheet } from './story-sheet.tsx'

/** So many of the shop's newest are offered; a show needs a handful. */
const shownMax = 50

/** What is being written: a new one, or one of the shop's anew. */
type Writing = {
  [Kind in Story['kind']]: { kind: Kind; story: Extract<Story, { kind: Kind }> | null }
}[Story['kind']]

type StoriesPanelProps = { shop: MyShop; liveId: string; isLocked: boolean }

/** Story cards and comparisons of the shop, and which of them this room shows beside the video. */
export function StoriesPanel({ shop, liveId, isLocked }: StoriesPanelProps) {
  const t = useT()
  const [writing, setWriting] = useState<Writing | null>(null)
  const shopId = shop.id
  const listKey = ['stories', shopId]
  const roomKey = ['room-stories', liveId]
  const stories = useQueryOf(listKey, () => api.story.list({ shopId, limit: shownMax }))
  const room = useQueryOf(roomKey, () => api.story.ofRoom({ id: liveId }))
  const attach = useActionOf(
    ({ version, storyIds }: { version: number; storyIds: string[] }) =>
      api.story.setRoom({ shopId, id: liveId, version, storyIds }),
    { refresh: [roomKey] },
  )
  if (!stories.data || !room.data) {
    const failed = [stories, room].find(({ error }) => error)
    return failed ? <QueryError of={failed} /> : <SkeletonList rows={2} />
  }
  const { version, items } = room.data
  const shownIds = items.map(({ id }) => id)
  return (
    <div className="stories">
      <div className="k-row">
        <Button icon="plus" onClick={() => setWriting({ kind: 'story', story: null })}>
          {t('stories.newStory')}
        </Button>
        <Button icon="plus" onClick={() => setWriting({ kind: 'comparison', story: null })}>
          {t('stories.newComparison')}
        </Button>
      </div>
      {stories.data.items.length === 0 && (
        <Empty icon="image" title={t('stories.none')}>
          {t('stories.noneHint')}
        </Empty>
      )}
      <ul className="story-rows">
        {stories.data.items.map(story => (
          <StoryRow
            key={story.id}
            shopId={shopId}
            story={story}
            isShown={shownIds.includes(story.id)}
            isLocked={isLocked}
            busy={attach.busy}
            refresh={[listKey, roomKey]}
            onEdit={() =>
              setWriting(
                story.kind === 'story' ? { kind: 'story', story } : { kind: 'comparison', story },
              )
            }
            onToggle={() => attach.run({ version, storyIds: toggled(shownIds, story.id) })}
          />
        ))}
      </ul>
      <StorySheet
        key={`story ${writing?.story?.id}`}
        shopId={shopId}
        story={writing?.kind === 'story' ? writing.story : null}
        open={writing?.kind === 'story'}
        onClose={() => setWriting(null)}
      />
      <ComparisonSheet
        key={`comparison ${writing?.story?.id}`}
        shopId={shopId}
        liveId={liveId}
        comparison={writing?.kind === 'comparison' ? writing.story : null}
        open={writing?.kind === 'comparison'}
        onClose={() => setWriting(null)}
      />
    </div>
  )
}

type StoryRowProps = {
  shopId: string
  story: Story
  isShown: boolean
  isLocked: boolean
  busy: boolean
  onEdit: () => void
  refresh: readonly (readonly string[])[]
  onToggle: () => void
}

function StoryRow(props: StoryRowProps) {
  const { shopId, story, isShown, isLocked, busy, refresh, onEdit, onToggle } = props
  const t = useT()
  const [isAsking, setAsking] = useState(false)
  const remove = useActionOf(() => api.story.remove({ shopId, id: story.id }), {
    refresh,
    onDone: () => setAsking(false),
  })
  const { title } = story
  return (
    <li className="story-row">
      <span className="story-words">
        <Badge tone={isShown ? 'success' : 'plain'}>
          {t(isShown ? 'stories.shown' : `stories.kind.${story.kind}`)}
        </Badge>
        <strong className="k-clamp" style={{ '--lines': 1 }} title={title}>
          {title}
        </strong>
      </span>
      {!isLocked && (
        <Button size="s" tone={isShown ? 'quiet' : 'primary'} busy={busy} onClick={onToggle}>
          {t(isShown ? 'stories.hide' : 'stories.show')}
        </Button>
      )}
      <Button size="s" aria-label={t('stories.editOf', { title })} onClick={onEdit}>
        {t('stories.edit')}
      </Button>
      <Button
        size="s"
        aria-label={t('stories.removeOf', { title })}
        onClick={() => setAsking(true)}
      >
        {t('stories.remove')}
      </Button>
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.run(undefined)}
        busy={remove.busy}
        tone="danger"
        title={t('stories.removeTitle', { title })}
        confirmLabel={t('stories.remove')}
      >
        <p>{t('stories.removeBody')}</p>
        <RecordedAs />
      </Dialog>
    </li>
  )
}
