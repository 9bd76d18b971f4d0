import type { StockRow } from '@kaibo/contract/goods/stock'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Column } from '../../components/list/data-table.tsx'
import { ResourcePage } from '../../components/list/resource-page.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { useMyShop, useWorkplace } from '../account/workplace.tsx'
import { productsKey, useStockLive } from '../products/use-products.ts'
import { DownloadMenu } from '../sheets/download-menu.tsx'
import { AlertsDrawer } from './alerts-drawer.tsx'
import { specText, stockStateOf, stockTones } from './model.ts'
import { OnHandCell, ThresholdCell } from './number-cell.tsx'
import { SkuName } from './sku-name.tsx'
import { SkuStock } from './sku-stock.tsx'
import { TrendChart } from './trend-chart.tsx'
import './stock.css'

const tabs = ['all', 'low', 'sold_out'] as const

/** What the shop has, SKU by SKU; numbers are changed right in the list. */
export function StockPage() {
  const t = useT()
  const shop = useMyShop()
  const [filters, onFilter] = useFilters({ filter: 'all', q: '' })
  const [opened, setOpened] = useState<StockRow | null>(null)
  const [showsAlerts, setShowsAlerts] = useState(false)
  useStockLive(shop.id)
  const filter = tabs.find(tab => tab === filters.filter) ?? 'all'
  const query = { filter, ...(filters.q ? { q: filters.q } : {}) }
  return (
    <ResourcePage<StockRow, 'filter' | 'q'>
      id="stock"
      title={t('stockList.title')}
      hint={t('stockList.hint')}
      actions={<Actions query={query} onAlerts={() => setShowsAlerts(true)} />}
      filters={filters}
      onFilter={onFilter}
      tabs={{
        filter: 'filter',
        label: t('stockList.byState'),
        items: tabs.map(id => ({ id, label: t(`stockList.tab.${id}`) })),
      }}
      search={{ filter: 'q', label: t('stockList.search') }}
      queryKey={[...productsKey(shop.id), 'levels']}
      ask={page => api.stock.list({ shopId: shop.id, ...page, ...query })}
      columns={useColumns()}
      rowKey={row => row.skuId}
      rowName={row => `${row.title} ${specText(row.spec)}`}
      card={row => <StockCard row={row} />}
      onOpen={setOpened}
      empty={<Empty icon="box" title={t(`stockList.empty.${filter}`)} />}
    >
      <SideDrawer
        open={opened !== null}
        onClose={() => setOpened(null)}
        title={opened ? `${opened.title} ${specText(opened.spec)}` : ''}
      >
        {opened && <SkuDetail key={opened.skuId} skuId={opened.skuId} />}
      </SideDrawer>
      <AlertsDrawer open={showsAlerts} onClose={() => setShowsAlerts(false)} shopId={shop.id} />
    </ResourcePage>
  )
}

type ActionsProps = { query: Record<string, string>; onAlerts: () => void }

function Actions({ query, onAlerts }: ActionsProps) {
  const t = useT()
  const shop = useMyShop()
  const { can } = useWorkplace()
  return (
    <>
      <Button icon="warning" onClick={onAlerts}>
        {t('stockList.alerts')}
      </Button>
      <DownloadMenu
        label={t('stockList.export')}
        path={`/shops/${shop.id}/stock-sheet`}
        query={query}
      />
      {can('stock.manage') && (
        <Link className="k-button" data-tone="primary" href="/stock/takes">
          {t('stockList.takes')}
        </Link>
      )}
    </>
  )
}

function SkuDetail({ skuId }: { skuId: string }) {
  const shop = useMyShop()
  return (
    <div className="k-stack">
      <TrendChart shopId={shop.id} skuId={skuId} />
      <SkuStock skuId={skuId} />
    </div>
  )
}

function useColumns(): Column<StockRow>[] {
  const t = useT()
  return [
    { key: 'name', title: t('stockList.column.name'), cell: row => <SkuName sku={row} /> },
    {
      key: 'state',
      title: t('stockList.column.state'),
      cell: row => <StockBadge row={row} />,
    },
    {
      key: 'available',
      title: t('stock.available'),
      align: 'end',
      cell: row => <strong className="k-num">{row.available}</strong>,
    },
    {
      key: 'reserved',
      title: t('stock.reserved'),
      align: 'end',
      cell: row => <span className="k-num">{row.reserved}</span>,
    },
    {
      key: 'onHand',
      title: t('stock.onHand'),
      align: 'end',
      widthPx: 150,
      cell: row => <OnHandCell row={row} />,
    },
    {
      key: 'lowBelow',
      title: t('stockList.column.lowBelow'),
      align: 'end',
      widthPx: 150,
      cell: row => <ThresholdCell row={row} />,
    },
  ]
}

function StockBadge({ row }: { row: StockRow }) {
  const t = useT()
  const state = stockStateOf(row)
  return <Badge tone={stockTones[state]}>{t(`stockList.state.${state}`)}</Badge>
}

function StockCard({ row }: { row: StockRow }) {
  const t = useT()
  return (
    <>
      <SkuName sku={row} />
      <div className="stock-facts">
        <StockBadge row={row} />
        <span className="k-num">{t('stockList.availableCount', { count: row.available })}</span>
        <span className="k-muted k-num">{t('stockList.onHandCount', { count: row.onHand })}</span>
      </div>
    </>
  )
}
