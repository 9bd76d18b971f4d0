import type { Ban } from '@kaibo/contract/media/verdict'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { type Column, DataTable } from '../../components/list/data-table.tsx'
import { usePages } from '../../components/list/use-pages.ts'
import { patrolKey } from './use-patrol.ts'

const pageSize = 20

/** Who may not go live, and the way back. */
export function BansPanel() {
  const t = useT()
  const [lifting, setLifting] = useState<Ban | null>(null)
  const pages = usePages([...patrolKey, 'bans'], cursor =>
    api.verdict.bans({ isActive: false, limit: pageSize, ...cursor }),
  )
  const lift = useActionOf(({ id }: Ban) => api.verdict.lift({ id }), {
    refresh: [patrolKey],
    onDone: () => {
      toast.success(t('patrol.lifted'))
      setLifting(null)
    },
  })
  const columns = useColumns(setLifting)
  return (
    <>
      <DataTable
        label={t('patrol.view.bans')}
        pages={pages}
        columns={columns}
        rowKey={ban => ban.id}
        card={ban => <BanCard ban={ban} onLift={setLifting} />}
        empty={<Empty icon="check" title={t('patrol.empty.bans')} />}
      />
      <Dialog
        open={lifting !== null}
        onClose={() => setLifting(null)}
        onConfirm={() => lifting && lift.run(lifting)}
        busy={lift.busy}
        title={t('patrol.liftAsk', { name: lifting?.subjectName ?? '' })}
        confirmLabel={t('patrol.lift')}
      >
        <p>{t('patrol.liftEffect')}</p>
      </Dialog>
    </>
  )
}

function useColumns(onLift: (ban: Ban) => void): Column<Ban>[] {
  const t = useT()
  const format = useFormat()
  return [
    {
      key: 'who',
      title: t('patrol.banWho'),
      cell: ban => (
        <span className="patrol-who">
          <b>{ban.subjectName}</b>
          <small className="k-muted">{t(`patrol.subject.${ban.subject}`)}</small>
        </span>
      ),
    },
    {
      key: 'reason',
      title: t('patrol.reasonLabel'),
      cell: ban => t(`patrol.reason.${ban.reason}`),
    },
    {
      key: 'at',
      title: t('patrol.since'),
      cell: ban => <span className="k-num">{format.dateTime(ban.at)}</span>,
    },
    { key: 'until', title: t('patrol.until'), cell: ban => <Until ban={ban} /> },
    { key: 'state', title: t('patrol.state'), cell: ban => <BanState ban={ban} /> },
    {
      key: 'lift',
      title: '',
      align: 'end',
      cell: ban => <LiftButton ban={ban} onLift={onLift} />,
    },
  ]
}

function Until({ ban }: { ban: Ban }) {
  const t = useT()
  const { dateTime } = useFormat()
  return <span className="k-num">{ban.until ? dateTime(ban.until) : t('patrol.forGood')}</span>
}

function BanState({ ban }: { ban: Ban }) {
  const t = useT()
  if (ban.isActive) return <Badge tone="danger">{t('patrol.active')}</Badge>
  return (
    <Badge>
      {ban.liftedBy ? t('patrol.liftedBy', { name: ban.liftedBy.nickname }) : t('patrol.over')}
    </Badge>
  )
}

function LiftButton({ ban, onLift }: { ban: Ban; onLift: (ban: Ban) => void }) {
  const t = useT()
  if (!ban.isActive) return null
  return (
    <Button size="s" onClick={() => onLift(ban)}>
      {t('patrol.lift')}
    </Button>
  )
}

function BanCard({ ban, onLift }: { ban: Ban; onLift: (ban: Ban) => void }) {
  const t = useT()
  return (
    <div className="patrol-card">
      <b>{ban.subjectName}</b>
      <span className="k-muted">
        {t(`patrol.subject.${ban.subject}`)} · {t(`patrol.reason.${ban.reason}`)}
      </span>
      <span className="k-muted">
        {t('patrol.until')} <Until ban={ban} />
      </span>
      <span className="k-row">
        <BanState ban={ban} />
        <LiftButton ban={ban} onLift={onLift} />
      </span>
    </div>
  )
}
