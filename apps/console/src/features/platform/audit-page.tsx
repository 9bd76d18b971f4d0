import type { AuditEntry } from '@kaibo/contract/people/audit'
import { api } from '@kaibo/ui/data/api.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useSearchParams } from 'wouter'
import { type Column, DataTable } from '../../components/list/data-table.tsx'
import { SearchBox } from '../../components/list/search-box.tsx'
import { usePages } from '../../components/list/use-pages.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { actorQuery, detailText, shortId } from './model.ts'
import './platform.css'

const pageSize = 20

/** Who did what; the address holds the person who is looked at. */
export function AuditPage() {
  const t = useT()
  const [params, setParams] = useSearchParams()
  const actor = params.get('actor') ?? ''
  const filter = (id: string) => setParams(id === '' ? [] : [['actor', id]])
  return (
    <PageShell title={t('audit.title')} hint={t('audit.hint')}>
      <div className="toolbar">
        <SearchBox label={t('audit.byActor')} value={actor} onSearch={id => filter(id.trim())} />
      </div>
      <AuditTable key={actor} actor={actor} onActor={filter} />
    </PageShell>
  )
}

type AuditTableProps = { actor: string; onActor: (id: string) => void }

function AuditTable({ actor, onActor }: AuditTableProps) {
  const t = useT()
  const columns = useColumns(onActor)
  const query = actorQuery(actor)
  const pages = usePages(['platform', 'audit', actor], cursor =>
    api.audit.list({ limit: pageSize, ...(query ?? {}), ...cursor }),
  )
  if (!query) return <Empty icon="search" title={t('audit.noId')} />
  return (
    <DataTable
      label={t('audit.title')}
      pages={pages}
      columns={columns}
      rowKey={entry => String(entry.sequence)}
      card={entry => <EntryCard entry={entry} onActor={onActor} />}
      empty={<Empty icon="eye" title={t('audit.empty')} />}
      detail={entry => <Detail entry={entry} />}
    />
  )
}

function useColumns(onActor: AuditTableProps['onActor']): Column<AuditEntry>[] {
  const t = useT()
  const format = useFormat()
  return [
    {
      key: 'sequence',
      title: t('audit.column.sequence'),
      align: 'end',
      widthPx: 80,
      cell: entry => <span className="k-num">{entry.sequence}</span>,
    },
    {
      key: 'at',
      title: t('audit.column.at'),
      cell: entry => <span className="k-num audit-at">{format.dateTime(entry.at)}</span>,
    },
    {
      key: 'actor',
      title: t('audit.column.actor'),
      cell: entry => <Actor entry={entry} onActor={onActor} />,
    },
    {
      key: 'action',
      title: t('audit.column.action'),
      cell: entry => <code>{entry.action}</code>,
    },
    {
      key: 'subject',
      title: t('audit.column.subject'),
      cell: entry => <code className="audit-subject">{entry.subject}</code>,
    },
  ]
}

function Actor({ entry, onActor }: { entry: AuditEntry; onActor: (id: string) => void }) {
  const t = useT()
  const { actorId } = entry
  if (actorId === null) return <span className="k-muted">{t('audit.noActor')}</span>
  return (
    <button
      type="button"
      className="text-button"
      title={actorId}
      aria-label={t('audit.onlyActor', { id: actorId })}
      onClick={() => onActor(actorId)}
    >
      <code>{shortId(actorId)}</code>
    </button>
  )
}

function EntryCard({ entry, onActor }: { entry: AuditEntry; onActor: (id: string) => void }) {
  const format = useFormat()
  return (
    <div className="audit-card">
      <code>{entry.action}</code>
      <small className="k-muted k-num">
        #{entry.sequence} · {format.dateTime(entry.at)}
      </small>
      <code className="audit-subject">{entry.subject}</code>
      <Actor entry={entry} onActor={onActor} />
    </div>
  )
}

function Detail({ entry }: { entry: AuditEntry }) {
  const t = useT()
  return (
    <div className="audit-detail">
      <pre>{detailText(entry.detail)}</pre>
      <p className="k-muted">
        {t('audit.hash')} <code>{entry.hash}</code>
      </p>
    </div>
  )
}
