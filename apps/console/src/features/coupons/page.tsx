import type { CouponTemplate } from '@kaibo/contract/offer/coupon'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import type { Column } from '../../components/list/data-table.tsx'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { useStateTabs } from '../../components/list/use-state-tabs.ts'
import { useMyShop } from '../account/workplace.tsx'
import { CouponCard, Issued, OffText, RowActions } from './cells.tsx'
import { CouponForm } from './form.tsx'
import { type CouponStatus, statusOf } from './model.ts'
import { MoreDialog } from './more-dialog.tsx'
import { couponsOf } from './use-coupons.ts'
import './coupons.css'

const states = ['open', 'coming', 'over'] as const
const tones = {
  coming: 'info',
  open: 'success',
  all_claimed: 'warning',
  over: 'plain',
  stopped: 'plain',
} as const satisfies Record<CouponStatus, string>

export function ShopCouponsPage() {
  return <CouponsPage shopId={useMyShop().id} />
}

export const PlatformCouponsPage = () => <CouponsPage shopId={null} />

/** Coupons and what became of them: made, issued, stopped. */
function CouponsPage({ shopId }: { shopId: string | null }) {
  const t = useT()
  const [filters, onFilter] = useFilters({ state: 'all', q: '' })
  const [isNew, setNew] = useState(false)
  const [growing, setGrowing] = useState<CouponTemplate | null>(null)
  const coupons = couponsOf(shopId)
  const stop = useActionOf(coupons.change, { refresh: [coupons.key] })
  const { tabs, asked } = useStateTabs('coupons', states, filters.state)
  const actionsOf = (row: CouponTemplate) => (
    <RowActions
      row={row}
      onMore={() => setGrowing(row)}
      onStop={() => stop.run({ id: row.id, isStopped: !row.isStopped })}
    />
  )
  return (
    <ResourcePage<CouponTemplate, 'state' | 'q'>
      id={shopId ? 'coupons' : 'platform-coupons'}
      title={t(shopId ? 'coupons.title' : 'coupons.platformTitle')}
      hint={t('coupons.hint')}
      newLabel={t('coupons.new')}
      onNew={() => setNew(true)}
      filters={filters}
      onFilter={onFilter}
      tabs={tabs}
      search={{ filter: 'q', label: t('coupons.search') }}
      queryKey={coupons.key}
      ask={page => coupons.list({ ...page, ...asked, ...(filters.q ? { q: filters.q } : {}) })}
      columns={useColumns(actionsOf)}
      rowKey={row => row.id}
      rowName={row => row.title}
      card={row => <CouponCard row={row} status={<Status row={row} />} actions={actionsOf(row)} />}
      empty={
        <Empty icon="gift" title={t('coupons.empty')}>
          {t('coupons.emptyHint')}
        </Empty>
      }
    >
      <CouponForm open={isNew} onClose={() => setNew(false)} shopId={shopId} />
      <MoreDialog template={growing} onClose={() => setGrowing(null)} shopId={shopId} />
    </ResourcePage>
  )
}

function Status({ row }: { row: CouponTemplate }) {
  const t = useT()
  const status = statusOf(row)
  return <Badge tone={tones[status]}>{t(`coupons.status.${status}`)}</Badge>
}

function useColumns(actionsOf: (row: CouponTemplate) => React.ReactNode) {
  const t = useT()
  const format = useFormat()
  const columns: Column<CouponTemplate>[] = [
    {
      key: 'title',
      title: t('coupons.column.title'),
      cell: row => (
        <div className="coupon-name">
          <strong className="k-clamp">{row.title}</strong>
          <OffText row={row} />
        </div>
      ),
    },
    { key: 'state', title: t('coupons.column.state'), cell: row => <Status row={row} /> },
    {
      key: 'window',
      title: t('coupons.column.window'),
      cell: row => (
        <span className="k-num coupon-window">
          {format.dateTime(row.claimFrom)}
          <br />
          {format.dateTime(row.claimUntil)}
        </span>
      ),
    },
    { key: 'issued', title: t('coupons.column.issued'), cell: row => <Issued row={row} /> },
    {
      key: 'used',
      title: t('coupons.column.used'),
      align: 'end',
      cell: row => <span className="k-num">{format.count(row.usedCount)}</span>,
    },
    {
      key: 'saved',
      title: t('coupons.column.saved'),
      align: 'end',
      cell: row => <span className="k-num">{format.fen(row.offFen)}</span>,
    },
    { key: 'actions', title: '', align: 'end', cell: actionsOf },
  ]
  return columns
}
