import type { Recording } from '@kaibo/contract/media/recording'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import type { Column } from '../../components/list/data-table.tsx'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { useStateTabs } from '../../components/list/use-state-tabs.ts'
import { keepingOf, listStates, recordingsKey, sizeText } from './model.ts'
import { RecordingDrawer } from './recording-drawer.tsx'
import './recordings.css'

const storageEveryMs = 30_000

/** What is kept of every session, for how long, and who asked that it stays. */
export function RecordingsPage() {
  const t = useT()
  const [filters, onFilter] = useFilters({ state: 'all', open: '' })
  const { tabs, asked } = useStateTabs('recordings', listStates, filters.state)
  return (
    <ResourcePage<Recording, 'state' | 'open'>
      id="recordings"
      title={t('recordings.title')}
      hint={<StorageHint />}
      filters={{ ...filters, open: '' }}
      onFilter={onFilter}
      tabs={tabs}
      queryKey={recordingsKey}
      ask={page => api.recording.list({ ...page, ...asked })}
      columns={useColumns()}
      rowKey={row => row.liveId}
      rowName={row => row.title}
      card={row => <RecordingCard row={row} />}
      onOpen={row => onFilter({ open: row.liveId })}
      empty={<Empty icon="live" title={t('recordings.empty')} />}
    >
      <RecordingDrawer id={filters.open || null} onClose={() => onFilter({ open: '' })} />
    </ResourcePage>
  )
}

/** Where recordings lie, and a word when there is little room left. */
function StorageHint() {
  const t = useT()
  const { data } = useQueryOf([...recordingsKey, 'storage'], () => api.recording.storage(), {
    everyMs: storageEveryMs,
  })
  if (!data) return null
  const sizes = { kept: sizeText(data.keptBytes), free: sizeText(data.freeBytes) }
  return (
    <span className="recordings-room" data-disk={data.disk}>
      {data.disk !== 'ok' && <Icon name="warning" />}
      <span>{t(`recordings.store.${data.store}`, sizes)}</span>
      <span>{t(`recordings.disk.${data.disk}`, sizes)}</span>
      {data.waitingCount > 0 && (
        <span>{t('recordings.waiting', { count: data.waitingCount })}</span>
      )}
    </span>
  )
}

function useColumns(): Column<Recording>[] {
  const t = useT()
  const format = useFormat()
  return [
    { key: 'session', title: t('recordings.column.session'), cell: row => <Session row={row} /> },
    {
      key: 'started',
      title: t('recordings.column.started'),
      cell: row => (
        <span className="k-num">{row.startedAt ? format.dateTime(row.startedAt) : '—'}</span>
      ),
    },
    {
      key: 'length',
      title: t('recordings.column.length'),
      align: 'end',
      cell: row => <span className="k-num">{format.duration(row.durationMs)}</span>,
    },
    {
      key: 'size',
      title: t('recordings.column.size'),
      align: 'end',
      cell: row => <span className="k-num">{sizeText(row.bytes)}</span>,
    },
    { key: 'state', title: t('recordings.column.state'), cell: row => <StateBadge row={row} /> },
    { key: 'kept', title: t('recordings.column.kept'), cell: row => <Kept row={row} /> },
  ]
}

function Session({ row }: { row: Recording }) {
  return (
    <div className="sku-name">
      <strong className="k-clamp">{row.title}</strong>
      <small className="k-muted k-clamp">{row.shopName}</small>
    </div>
  )
}

const tones = {
  none: 'plain',
  recording: 'accent',
  making: 'info',
  ready: 'success',
  expired: 'plain',
} as const

export function StateBadge({ row }: { row: Recording }) {
  const t = useT()
  return <Badge tone={tones[row.state]}>{t(`recordings.tab.${row.state}`)}</Badge>
}

/** Until when it is kept, and why; on a card no heading says what the day is. */
export function Kept({ row, isNamed = false }: { row: Recording; isNamed?: boolean }) {
  const t = useT()
  const format = useFormat()
  const keeping = keepingOf(row)
  if (keeping === 'held') {
    return <Badge tone="warning">{t('recordings.held', { count: row.holdCount })}</Badge>
  }
  if (keeping === 'gone') return <span className="k-muted">{t('recordings.gone')}</span>
  if (keeping === 'open' || row.keepUntil === null) {
    return <span className="k-muted">{t('recordings.running')}</span>
  }
  return (
    <span className="recordings-kept">
      <span className="k-num">
        {isNamed && `${t('recordings.column.kept')} `}
        {format.date(row.keepUntil)}
      </span>
      <small className="k-muted">{t(`recordings.retention.${row.retention}`)}</small>
    </span>
  )
}

function RecordingCard({ row }: { row: Recording }) {
  const format = useFormat()
  return (
    <div className="recordings-card">
      <Session row={row} />
      <small className="k-muted k-num">
        {row.startedAt && `${format.dateTime(row.startedAt)} · `}
        {format.duration(row.durationMs)} · {sizeText(row.bytes)}
      </small>
      <span className="k-row">
        <StateBadge row={row} />
        <Kept row={row} isNamed />
      </span>
    </div>
  )
}
