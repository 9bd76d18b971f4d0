import type { VirtualSku } from '@kaibo/contract/trade/virtual'
import { api } from '@kaibo/ui/data/api.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { ProductPicker } from '../../components/form/product-picker.tsx'
import type { Column } from '../../components/list/data-table.tsx'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { useMyShop } from '../account/workplace.tsx'
import { SkuName } from '../stock/sku-name.tsx'
import { CodePanel } from './code-panel.tsx'
import { RuleForm } from './rule-form.tsx'
import { SlotPanel } from './slot-panel.tsx'
import { virtualKey } from './use-virtual.ts'
import './virtual.css'

/** Goods that are not sent: codes that are left, slots, and deliveries that wait. */
export function VirtualPage() {
  const t = useT()
  const shop = useMyShop()
  const [filters, onFilter] = useFilters({})
  const [opened, setOpened] = useState<VirtualSku | null>(null)
  const [picks, setPicks] = useState(false)
  const [params] = useSearchParams()
  // A link of a product that lacks its delivery leads straight to it.
  const [productId, setProductId] = useState<string | null>(params.get('product'))
  return (
    <ResourcePage<VirtualSku, never>
      id="virtual"
      title={t('virtual.title')}
      hint={t('virtual.hint')}
      newLabel={t('virtual.new')}
      onNew={() => setPicks(true)}
      filters={filters}
      onFilter={onFilter}
      queryKey={virtualKey(shop.id)}
      ask={page => api.virtual.list({ shopId: shop.id, ...page })}
      columns={useColumns()}
      rowKey={row => row.skuId}
      rowName={row => row.title}
      card={row => <VirtualCard row={row} />}
      onOpen={setOpened}
      empty={
        <Empty icon="ticket" title={t('virtual.empty')}>
          {t('virtual.emptyHint')}
        </Empty>
      }
    >
      <ProductPicker
        open={picks}
        onClose={() => setPicks(false)}
        shopId={shop.id}
        max={1}
        onPick={([card]) => setProductId(card?.id ?? null)}
      />
      <RuleForm
        productId={productId}
        skuId={params.get('sku')}
        onClose={() => setProductId(null)}
        shopId={shop.id}
      />
      <SideDrawer
        open={opened !== null}
        onClose={() => setOpened(null)}
        title={opened?.title ?? ''}
      >
        {opened?.kind === 'code' && <CodePanel sku={opened} shopId={shop.id} />}
        {opened?.kind === 'booking' && <SlotPanel sku={opened} shopId={shop.id} />}
      </SideDrawer>
    </ResourcePage>
  )
}

function VirtualCard({ row }: { row: VirtualSku }) {
  const t = useT()
  return (
    <>
      <SkuName sku={row} />
      <span className="card-facts">
        <Badge tone="info">{t(`virtual.kind.${row.kind}`)}</Badge>
        {row.kind === 'code' && t('virtual.freeCodes', { count: row.freeCodeCount })}
        {row.waitingCount > 0 && (
          <Badge tone="warning">{t('virtual.waiting', { count: row.waitingCount })}</Badge>
        )}
      </span>
    </>
  )
}

function useColumns(): Column<VirtualSku>[] {
  const t = useT()
  return [
    { key: 'name', title: t('stockList.column.name'), cell: row => <SkuName sku={row} /> },
    {
      key: 'kind',
      title: t('virtual.column.kind'),
      cell: row => <Badge tone="info">{t(`virtual.kind.${row.kind}`)}</Badge>,
    },
    {
      key: 'free',
      title: t('virtual.column.free'),
      align: 'end',
      cell: row => <span className="k-num">{row.kind === 'code' ? row.freeCodeCount : '—'}</span>,
    },
    {
      key: 'given',
      title: t('virtual.column.given'),
      align: 'end',
      cell: row => <span className="k-num">{row.kind === 'code' ? row.givenCodeCount : '—'}</span>,
    },
    {
      key: 'waiting',
      title: t('virtual.column.waiting'),
      align: 'end',
      cell: row =>
        row.waitingCount > 0 ? <Badge tone="warning">{row.waitingCount}</Badge> : <span>0</span>,
    },
  ]
}
