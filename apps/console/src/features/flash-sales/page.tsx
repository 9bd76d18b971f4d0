import type { FlashSale } from '@kaibo/contract/offer/flashsale'
import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Column } from '../../components/list/data-table.tsx'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { useStateTabs } from '../../components/list/use-state-tabs.ts'
import { useMyShop } from '../account/workplace.tsx'
import { SaleName, Sold, When } from './cells.tsx'
import { SaleDrawer } from './drawer.tsx'
import { SaleForm } from './form.tsx'
import { type Draft, draftOf, salesKey } from './model.ts'
import './flash-sales.css'

const states = ['running', 'scheduled', 'ended', 'cancelled'] as const
/** What the form is open for: a new sale, one to plan anew, or a copy of one. */
type Editing = { draft?: Draft; saleId?: string }

/** Flash sales of the shop: planned, watched, ended. */
export function FlashSalesPage() {
  const t = useT()
  const { id: shopId } = useMyShop()
  const [filters, onFilter] = useFilters({ state: 'all', q: '' })
  const [editing, setEditing] = useState<Editing | null>(null)
  const [openId, setOpenId] = useState<string | null>(null)
  const cache = useQueryClient()
  useTopic(topics.stock(shopId), {
    onOrdered(message) {
      if (message.t === 'sale.changed') void cache.invalidateQueries({ queryKey: salesKey(shopId) })
    },
  })
  const { tabs, asked } = useStateTabs('flash', states, filters.state)
  return (
    <ResourcePage<FlashSale, 'state' | 'q'>
      id="flash-sales"
      title={t('flash.title')}
      hint={t('flash.hint')}
      newLabel={t('flash.new')}
      onNew={() => setEditing({})}
      filters={filters}
      onFilter={onFilter}
      tabs={tabs}
      search={{ filter: 'q', label: t('flash.search') }}
      queryKey={salesKey(shopId)}
      ask={page =>
        api.flashsale.manageList({
          ...{ shopId, ...page, ...asked },
          ...(filters.q ? { q: filters.q } : {}),
        })
      }
      columns={useColumns()}
      rowKey={row => row.id}
      rowName={row => row.title}
      onOpen={row => setOpenId(row.id)}
      card={row => (
        <div className="sale-card">
          <SaleName row={row} />
          <When row={row} />
          <Sold row={row} />
        </div>
      )}
      empty={
        <Empty icon="bolt" title={t('flash.empty')}>
          {t('flash.emptyHint')}
        </Empty>
      }
    >
      <SaleForm
        key={editing?.saleId ?? (editing?.draft ? 'copy' : 'new')}
        open={editing !== null}
        onClose={() => setEditing(null)}
        draft={editing?.draft}
        saleId={editing?.saleId}
      />
      <SaleDrawer
        saleId={openId}
        onClose={() => setOpenId(null)}
        onEdit={sale => setEditing({ draft: draftOf(sale), saleId: sale.id })}
      />
    </ResourcePage>
  )
}

function useColumns() {
  const t = useT()
  const format = useFormat()
  const columns: Column<FlashSale>[] = [
    { key: 'title', title: t('flash.column.title'), cell: row => <SaleName row={row} /> },
    { key: 'when', title: t('flash.column.when'), cell: row => <When row={row} /> },
    { key: 'sold', title: t('flash.column.sold'), cell: row => <Sold row={row} /> },
    {
      key: 'orders',
      title: t('flash.column.orders'),
      align: 'end',
      cell: row => <span className="k-num">{format.count(row.orderCount)}</span>,
    },
  ]
  return columns
}
