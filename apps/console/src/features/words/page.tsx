import { type Word, wordScenes, wordTiers } from '@kaibo/contract/show/wordlist'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Select } from 'antd'
import { useMemo, useState } from 'react'
import type { Column } from '../../components/list/data-table.tsx'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { useStateTabs } from '../../components/list/use-state-tabs.ts'
import { useMyShop } from '../account/workplace.tsx'
import { draftOf, emptyDraft, type WordsDraft } from './model.ts'
import { TryOut } from './try-out.tsx'
import { platformWordList, shopWordList, type WordListOf } from './use-words.ts'
import { WordsForm } from './words-form.tsx'
import './words.css'

export const PlatformWordsPage = () => <WordsPage list={platformWordList} />

export function ShopWordsPage() {
  const { id: shopId } = useMyShop()
  return <WordsPage list={useMemo(() => shopWordList(shopId), [shopId])} />
}

const tones = { allow: 'success', mask: 'info', review: 'warning', block: 'danger' } as const
const searchMax = 40

/** One word list: what it says, new words, and a place to try it. */
function WordsPage({ list }: { list: WordListOf }) {
  const t = useT()
  const [filters, onFilter] = useFilters({ state: 'all', q: '', scene: '' })
  const [draft, setDraft] = useState<WordsDraft | null>(null)
  const [isTrying, setTrying] = useState(false)
  const { tabs, asked } = useStateTabs('words', wordTiers.toReversed(), filters.state)
  const scene = wordScenes.find(each => each === filters.scene)
  const isNarrowed = filters.q !== '' || filters.state !== 'all' || scene !== undefined
  return (
    <ResourcePage<Word, 'state' | 'q' | 'scene'>
      id={list.id}
      title={t(`nav.${list.id}`)}
      hint={t(`words.hint.${list.id}`)}
      onNew={() => setDraft(emptyDraft)}
      actions={
        <>
          <Button icon="search" onClick={() => setTrying(true)}>
            {t('words.try')}
          </Button>
          <Button tone="primary" icon="plus" onClick={() => setDraft(emptyDraft)}>
            {t('words.new')}
          </Button>
        </>
      }
      filters={filters}
      onFilter={onFilter}
      tabs={tabs}
      search={{ filter: 'q', label: t('words.search') }}
      narrow={
        <Select
          aria-label={t('words.column.scenes')}
          placeholder={t('words.column.scenes')}
          allowClear
          popupMatchSelectWidth={false}
          value={scene}
          options={wordScenes.map(value => ({ value, label: t(`words.scene.${value}`) }))}
          onChange={(chosen: string | undefined) => onFilter({ scene: chosen ?? '' })}
        />
      }
      queryKey={list.key}
      ask={page =>
        list.list({
          ...page,
          ...(asked.state ? { tier: asked.state } : {}),
          ...(filters.q ? { q: filters.q.slice(0, searchMax) } : {}),
          ...(scene ? { scene } : {}),
        })
      }
      columns={useColumns()}
      rowKey={row => row.id}
      rowName={row => row.word}
      card={row => <WordCard row={row} />}
      onOpen={row => setDraft(draftOf(row))}
      empty={
        <Empty icon="chat" title={t(isNarrowed ? 'words.notFound' : 'words.empty')}>
          {!isNarrowed && t('words.emptyHint')}
        </Empty>
      }
      bulk={(ticked, done) => <RemoveButton list={list} words={ticked} onDone={done} />}
    >
      <WordsForm list={list} initial={draft} onClose={() => setDraft(null)} />
      <TryOut list={list} open={isTrying} onClose={() => setTrying(false)} />
    </ResourcePage>
  )
}

function useColumns(): Column<Word>[] {
  const t = useT()
  const format = useFormat()
  return [
    {
      key: 'word',
      title: t('words.column.word'),
      widthPx: 240,
      cell: row => <strong className="words-name">{row.word}</strong>,
    },
    { key: 'tier', title: t('words.column.tier'), cell: row => <TierBadge row={row} /> },
    {
      key: 'scenes',
      title: t('words.column.scenes'),
      widthPx: 220,
      cell: row => <ScenesText row={row} />,
    },
    {
      key: 'note',
      title: t('words.column.note'),
      widthPx: 200,
      cell: row => <span className="k-clamp">{row.note}</span>,
    },
    {
      key: 'setBy',
      title: t('words.column.setBy'),
      cell: row => row.setBy?.nickname ?? t('words.installed'),
    },
    {
      key: 'setAt',
      title: t('words.column.setAt'),
      cell: row => <span className="k-num">{format.dateTime(row.setAt)}</span>,
    },
  ]
}

function TierBadge({ row }: { row: Word }) {
  const t = useT()
  return <Badge tone={tones[row.tier]}>{t(`words.tier.${row.tier}`)}</Badge>
}

function ScenesText({ row }: { row: Word }) {
  const t = useT()
  const names = row.scenes.map(scene => t(`words.scene.${scene}`))
  return <span>{names.length > 0 ? names.join(t('words.and')) : t('words.everywhere')}</span>
}

const WordCard = ({ row }: { row: Word }) => (
  <>
    <p className="words-verdict words-card">
      <strong className="words-name">{row.word}</strong>
      <TierBadge row={row} />
    </p>
    <p className="k-muted">
      <ScenesText row={row} />
    </p>
  </>
)

type RemoveButtonProps = { list: WordListOf; words: readonly Word[]; onDone: () => void }

function RemoveButton({ list, words, onDone }: RemoveButtonProps) {
  const t = useT()
  const [isAsking, setAsking] = useState(false)
  const remove = useActionOf(() => list.remove(words.map(word => word.id)), {
    refresh: [list.key],
    onDone: () => {
      setAsking(false)
      onDone()
    },
  })
  return (
    <>
      <Button size="s" tone="danger" icon="trash" onClick={() => setAsking(true)}>
        {t('words.remove')}
      </Button>
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.run(undefined)}
        title={t('words.removeTitle', { count: words.length })}
        confirmLabel={t('words.remove')}
        tone="danger"
        busy={remove.busy}
      >
        {t('words.removeHint')}
      </Dialog>
    </>
  )
}
