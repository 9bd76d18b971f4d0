import {
  type Promotion,
  type PromotionKind,
  promotionKinds,
  promotionStates,
} from '@kaibo/contract/offer/promotion'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { Dropdown, Select } from 'antd'
import { useState } from 'react'
import type { Column } from '../../components/list/data-table.tsx'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { useStateTabs } from '../../components/list/use-state-tabs.ts'
import { useMyShop } from '../account/workplace.tsx'
import { type Opened, PromotionDrawer } from './promotion-drawer.tsx'
import { PromotionBadge, useSummary } from './summary.tsx'
import { promotionsKey } from './use-promotions.ts'
import './promotions.css'

/** What the shop takes off by itself: planned, running and over. */
export function PromotionsPage() {
  const t = useT()
  const shop = useMyShop()
  const [filters, setFilters] = useFilters({ state: 'all', kind: '', q: '' })
  const [opened, setOpened] = useState<Opened | null>(null)
  const [isChoosing, setChoosing] = useState(false)
  const columns = usePromotionColumns()
  const kindText = (kind: string) => t(`promotions.kind.${kind}`)
  const open = (promotion: Promotion) => setOpened({ as: 'one', id: promotion.id })
  const kind = promotionKinds.find(one => one === filters.kind)
  const { tabs, asked } = useStateTabs('promotions', promotionStates, filters.state)
  return (
    <ResourcePage<Promotion, 'state' | 'kind' | 'q'>
      id="promotions"
      title={t('promotions.title')}
      hint={t('promotions.hint')}
      actions={
        <NewButton
          isChoosing={isChoosing}
          onChoosing={setChoosing}
          onNew={kind => setOpened({ as: 'new', kind })}
        />
      }
      onNew={() => setChoosing(true)}
      filters={filters}
      onFilter={setFilters}
      tabs={tabs}
      search={{ filter: 'q', label: t('promotions.search') }}
      narrow={
        <Select
          aria-label={t('promotions.byKind')}
          value={filters.kind}
          options={['', ...promotionKinds].map(value => ({
            value,
            label: value === '' ? t('promotions.allKinds') : kindText(value),
          }))}
          onChange={value => setFilters({ kind: value })}
        />
      }
      queryKey={promotionsKey(shop.id)}
      ask={page =>
        api.promotion.manageList({
          ...{ shopId: shop.id, ...page, ...asked },
          ...(kind ? { kind } : {}),
          ...(filters.q === '' ? {} : { q: filters.q }),
        })
      }
      columns={columns}
      rowKey={promotion => promotion.id}
      rowName={promotion => promotion.title}
      card={promotion => <PromotionCard promotion={promotion} />}
      onOpen={open}
      empty={<Empty icon="percent" title={t('promotions.empty')} />}
    >
      <PromotionDrawer opened={opened} onOpen={setOpened} onClose={() => setOpened(null)} />
    </ResourcePage>
  )
}

type NewButtonProps = {
  isChoosing: boolean
  onChoosing: (isChoosing: boolean) => void
  onNew: (kind: PromotionKind) => void
}

/** Asks first for the kind; `n` opens it, too. */
function NewButton({ isChoosing, onChoosing, onNew }: NewButtonProps) {
  const t = useT()
  const items = promotionKinds.map(kind => ({
    key: kind,
    label: t(`promotions.kind.${kind}`),
    onClick: () => onNew(kind),
  }))
  return (
    <Dropdown
      menu={{ items }}
      trigger={['click']}
      open={isChoosing}
      onOpenChange={onChoosing}
      autoFocus
    >
      <Button tone="primary" icon="plus">
        {t('promotions.new')}
      </Button>
    </Dropdown>
  )
}

function usePromotionColumns(): Column<Promotion>[] {
  const t = useT()
  const format = useFormat()
  const summary = useSummary()
  return [
    {
      key: 'title',
      title: t('promotions.name'),
      cell: row => <span className="promotion-text">{row.title}</span>,
    },
    {
      key: 'kind',
      title: t('promotions.column.kind'),
      cell: row => t(`promotions.kind.${row.rules.kind}`),
    },
    {
      key: 'rules',
      title: t('promotions.column.rules'),
      cell: row => <span className="promotion-text">{summary(row.rules)}</span>,
    },
    {
      key: 'window',
      title: t('promotions.column.window'),
      cell: row => (
        <span className="promotion-window k-num">
          <span>{format.dateTime(row.startsAt)} –</span>
          <span>{format.dateTime(row.endedAt ?? row.endsAt)}</span>
        </span>
      ),
    },
    {
      key: 'state',
      title: t('promotions.column.state'),
      cell: row => <PromotionBadge state={row.state} />,
    },
  ]
}

function PromotionCard({ promotion }: { promotion: Promotion }) {
  const t = useT()
  const format = useFormat()
  const summary = useSummary()
  const { title, rules, state, startsAt, endsAt, endedAt } = promotion
  return (
    <div className="k-stack">
      <strong>{title}</strong>
      <span>
        {t(`promotions.kind.${rules.kind}`)} · {summary(rules)}
      </span>
      <small className="k-muted k-num">
        {format.dateTime(startsAt)} – {format.dateTime(endedAt ?? endsAt)}
      </small>
      <PromotionBadge state={state} />
    </div>
  )
}
