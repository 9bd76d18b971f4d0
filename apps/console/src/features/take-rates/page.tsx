import type { TakeRate } from '@kaibo/contract/offer/takerate'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import type { Column } from '../../components/list/data-table.tsx'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { useStateTabs } from '../../components/list/use-state-tabs.ts'
import { pathText } from '../goods/model.ts'
import { useCategories } from '../goods/use-goods.ts'
import { RateForm } from './rate-form.tsx'
import { takeRatesKey } from './use-take-rates.ts'

const states = ['current', 'planned', 'past'] as const
const tones = { current: 'success', planned: 'info', past: 'plain' } as const

/** What the platform keeps of sales: rules in effect, to come, and past. */
export function TakeRatesPage() {
  const t = useT()
  const [filters, onFilter] = useFilters({ state: 'all' })
  const [isNew, setNew] = useState(false)
  const { tabs, asked } = useStateTabs('takeRates', states, filters.state)
  return (
    <ResourcePage<TakeRate, 'state'>
      id="take-rates"
      title={t('takeRates.title')}
      hint={t('takeRates.hint')}
      newLabel={t('takeRates.new')}
      onNew={() => setNew(true)}
      filters={filters}
      onFilter={onFilter}
      tabs={tabs}
      queryKey={takeRatesKey}
      ask={page => api.takerate.list({ ...page, ...asked })}
      columns={useColumns()}
      rowKey={row => row.id}
      rowName={row => row.note}
      card={row => <RateCard row={row} />}
      empty={<Empty icon="percent" title={t('takeRates.empty')} />}
    >
      <RateForm open={isNew} onClose={() => setNew(false)} />
    </ResourcePage>
  )
}

function useColumns(): Column<TakeRate>[] {
  const t = useT()
  const format = useFormat()
  return [
    { key: 'scope', title: t('takeRates.column.scope'), cell: row => <ScopeText row={row} /> },
    {
      key: 'rate',
      title: t('takeRates.column.rate'),
      align: 'end',
      cell: row => <RateText row={row} />,
    },
    {
      key: 'state',
      title: t('takeRates.column.state'),
      cell: row => <Badge tone={tones[row.state]}>{t(`takeRates.tab.${row.state}`)}</Badge>,
    },
    {
      key: 'from',
      title: t('takeRates.column.from'),
      cell: row => <span className="k-num">{format.dateTime(row.effectiveFrom)}</span>,
    },
    {
      key: 'note',
      title: t('takeRates.column.note'),
      cell: row => <span className="k-clamp">{row.note}</span>,
    },
    {
      key: 'actions',
      title: t('products.column.actions'),
      cell: row => row.state === 'planned' && <WithdrawButton row={row} />,
    },
  ]
}

function ScopeText({ row }: { row: TakeRate }) {
  const t = useT()
  const [language] = useLanguage()
  const { data } = useCategories()
  const category =
    row.categoryId === null
      ? t('takeRates.everyCategory')
      : pathText(data?.items ?? [], row.categoryId, language) || t('takeRates.goneCategory')
  return (
    <div className="sku-name">
      <strong className="k-clamp">{row.shop?.name ?? t('takeRates.everyShop')}</strong>
      <small className="k-muted">{category}</small>
    </div>
  )
}

function RateText({ row }: { row: TakeRate }) {
  const t = useT()
  const format = useFormat()
  if (row.rateBps === null) return <span className="k-muted">{t('takeRates.ended')}</span>
  return <strong className="k-num">{format.basisPoints(row.rateBps)}</strong>
}

function WithdrawButton({ row }: { row: TakeRate }) {
  const t = useT()
  const withdraw = useActionOf(() => api.takerate.withdraw({ id: row.id }), {
    refresh: [takeRatesKey],
  })
  return (
    <Button size="s" busy={withdraw.busy} onClick={() => withdraw.run(undefined)}>
      {t('takeRates.withdraw')}
    </Button>
  )
}

const RateCard = ({ row }: { row: TakeRate }) => (
  <>
    <ScopeText row={row} />
    <RateText row={row} />
  </>
)
