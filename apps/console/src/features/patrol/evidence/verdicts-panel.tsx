import type { Verdict } from '@kaibo/contract/media/verdict'
import { api } from '@kaibo/ui/data/api.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { type Column, DataTable } from '../../../components/list/data-table.tsx'
import { usePages } from '../../../components/list/use-pages.ts'
import { patrolKey } from '../use-patrol.ts'
import { EvidenceDrawer } from './evidence-drawer.tsx'
import { KindBadge } from './kind-badge.tsx'

const pageSize = 20

/** Everything that was decided, newest first; a row leads to its evidence. */
export function VerdictsPanel() {
  const t = useT()
  const [openId, setOpenId] = useState<string | null>(null)
  const pages = usePages([...patrolKey, 'verdicts'], cursor =>
    api.verdict.list({ limit: pageSize, ...cursor }),
  )
  return (
    <>
      <DataTable
        label={t('patrol.view.verdicts')}
        pages={pages}
        columns={useColumns()}
        rowKey={verdict => verdict.id}
        rowName={verdict => verdict.live.title}
        card={verdict => <VerdictCard verdict={verdict} />}
        onOpen={verdict => setOpenId(verdict.id)}
        empty={<Empty icon="check" title={t('patrol.empty.verdicts')} />}
      />
      <EvidenceDrawer id={openId} onClose={() => setOpenId(null)} />
    </>
  )
}

function useColumns(): Column<Verdict>[] {
  const t = useT()
  const { dateTime } = useFormat()
  return [
    { key: 'kind', title: t('patrol.decision'), cell: row => <KindBadge kind={row.kind} /> },
    {
      key: 'room',
      title: t('patrol.room'),
      cell: row => (
        <span className="patrol-who">
          <b>{row.live.title}</b>
          <small className="k-muted">{row.shopName}</small>
        </span>
      ),
    },
    {
      key: 'reason',
      title: t('patrol.reasonLabel'),
      cell: row => t(`patrol.reason.${row.reason}`),
    },
    { key: 'by', title: t('patrol.by'), cell: row => row.by?.nickname ?? t('patrol.byReviewer') },
    {
      key: 'at',
      title: t('patrol.at'),
      cell: row => <span className="k-num">{dateTime(row.at)}</span>,
    },
    { key: 'seen', title: t('patrol.seen'), cell: row => <Seen verdict={row} /> },
  ]
}

/** Whether the host has read it. */
function Seen({ verdict: { seenAt } }: { verdict: Verdict }) {
  const t = useT()
  const { dateTime } = useFormat()
  return <span className="k-num">{seenAt ? dateTime(seenAt) : t('patrol.unseen')}</span>
}

function VerdictCard({ verdict }: { verdict: Verdict }) {
  const t = useT()
  const { dateTime } = useFormat()
  return (
    <div className="patrol-card">
      <span className="k-row">
        <KindBadge kind={verdict.kind} />
        <b>{t(`patrol.reason.${verdict.reason}`)}</b>
      </span>
      <span>{verdict.live.title}</span>
      <span className="k-muted k-num">
        {verdict.shopName} · {dateTime(verdict.at)}
      </span>
    </div>
  )
}
