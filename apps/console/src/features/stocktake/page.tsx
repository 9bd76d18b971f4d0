import type { StockTake } from '@kaibo/contract/goods/stocktake'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { type Column, DataTable } from '../../components/list/data-table.tsx'
import { usePages } from '../../components/list/use-pages.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { useMyShop } from '../account/workplace.tsx'
import { takesKey, useOpenTake } from './use-takes.ts'

const pageSize = 20
export const takeTones = { open: 'info', applied: 'success', cancelled: 'plain' } as const

/** The stock-takes of the shop. */
export function StockTakesPage() {
  const t = useT()
  const format = useFormat()
  const { id: shopId } = useMyShop()
  const [, go] = useLocation()
  const [title, setTitle] = useState<string | null>(null)
  const open = useOpenTake(shopId, id => go(`/stock/takes/${id}`))
  const pages = usePages(takesKey(shopId), cursor =>
    api.stocktake.list({ shopId, limit: pageSize, ...cursor }),
  )
  const start = () => setTitle(t('stockTake.titleOf', { date: format.date(new Date()) }))
  return (
    <PageShell
      title={t('stockTake.title')}
      hint={t('stockTake.hint')}
      back="/stock"
      actions={
        <Button tone="primary" icon="plus" onClick={start}>
          {t('stockTake.new')}
        </Button>
      }
    >
      <DataTable
        label={t('stockTake.title')}
        pages={pages}
        columns={useColumns()}
        rowKey={take => take.id}
        rowName={take => take.title}
        card={take => <TakeCard take={take} />}
        onOpen={take => go(`/stock/takes/${take.id}`)}
        empty={<Empty icon="box" title={t('stockTake.none')} />}
      />
      <Dialog
        open={title !== null}
        onClose={() => setTitle(null)}
        onConfirm={() => title?.trim() && open.run(title.trim())}
        title={t('stockTake.new')}
        confirmLabel={t('stockTake.open')}
        busy={open.busy}
      >
        <TextField
          label={t('stockTake.name')}
          value={title ?? ''}
          maxLength={60}
          onChange={event => setTitle(event.target.value)}
        />
      </Dialog>
    </PageShell>
  )
}

const foundOf = ({ moreCount, fewerCount }: StockTake) => (
  <span className="k-num">
    +{moreCount} / −{fewerCount}
  </span>
)

function TakeCard({ take }: { take: StockTake }) {
  const t = useT()
  const format = useFormat()
  return (
    <div className="k-stack" style={{ '--gap': 'var(--space-2)' }}>
      <strong>{take.title}</strong>
      <small className="k-muted k-num">{format.dateTime(take.createdAt)}</small>
      <span className="card-facts">
        <Badge tone={takeTones[take.state]}>{t(`stockTake.state.${take.state}`)}</Badge>
        {t('stockTake.countedSkus', { count: take.countedCount })}
        {foundOf(take)}
      </span>
    </div>
  )
}

function useColumns(): Column<StockTake>[] {
  const t = useT()
  const format = useFormat()
  return [
    {
      key: 'title',
      title: t('stockTake.column.title'),
      cell: take => <strong>{take.title}</strong>,
    },
    {
      key: 'state',
      title: t('stockTake.column.state'),
      cell: take => (
        <Badge tone={takeTones[take.state]}>{t(`stockTake.state.${take.state}`)}</Badge>
      ),
    },
    {
      key: 'counted',
      title: t('stockTake.column.counted'),
      align: 'end',
      cell: take => <span className="k-num">{take.countedCount}</span>,
    },
    { key: 'found', title: t('stockTake.column.found'), align: 'end', cell: foundOf },
    {
      key: 'at',
      title: t('stockTake.column.at'),
      cell: take => <span className="k-num">{format.dateTime(take.createdAt)}</span>,
    },
  ]
}
