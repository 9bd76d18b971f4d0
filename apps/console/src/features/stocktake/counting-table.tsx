import type { StockRow } from '@kaibo/contract/goods/stock'
import { api } from '@kaibo/ui/data/api.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { type Column, DataTable } from '../../components/list/data-table.tsx'
import { SearchBox } from '../../components/list/search-box.tsx'
import { usePages } from '../../components/list/use-pages.ts'
import { productsKey } from '../products/use-products.ts'
import { NumberCell } from '../stock/number-cell.tsx'
import { SkuName } from '../stock/sku-name.tsx'
import { useCount } from './use-takes.ts'
import '../stock/stock.css'

type CountingTableProps = { shopId: string; takeId: string }

const pageSize = 50

/** All SKUs with a box for what was found; the books' number is not shown, so that people count. */
export function CountingTable({ shopId, takeId }: CountingTableProps) {
  const t = useT()
  const [q, setQ] = useState('')
  return (
    <div className="k-stack">
      <div className="toolbar">
        <SearchBox label={t('stockList.search')} value={q} onSearch={typed => setQ(typed.trim())} />
      </div>
      <Table key={q} shopId={shopId} takeId={takeId} q={q} />
    </div>
  )
}

function Table({ shopId, takeId, q }: CountingTableProps & { q: string }) {
  const t = useT()
  const pages = usePages([...productsKey(shopId), 'counting', q], cursor =>
    api.stock.list({ shopId, limit: pageSize, ...(q ? { q } : {}), ...cursor }),
  )
  const columns: Column<StockRow>[] = [
    { key: 'name', title: t('stockList.column.name'), cell: row => <SkuName sku={row} /> },
    {
      key: 'counted',
      title: t('stockTake.found'),
      align: 'end',
      widthPx: 180,
      cell: row => <CountCell shopId={shopId} takeId={takeId} row={row} />,
    },
  ]
  return (
    <DataTable
      label={t('stockTake.tab.counting')}
      pages={pages}
      columns={columns}
      rowKey={row => row.skuId}
      card={row => (
        <div className="card-line">
          <SkuName sku={row} />
          <CountCell shopId={shopId} takeId={takeId} row={row} />
        </div>
      )}
      empty={<Empty icon="box" title={t('stockList.empty.all')} />}
    />
  )
}

function CountCell({ shopId, takeId, row }: CountingTableProps & { row: StockRow }) {
  const t = useT()
  const [counted, setCounted] = useState<number | null>(null)
  const count = useCount(shopId, takeId)
  return (
    <NumberCell
      label={t('stockTake.foundOf', { title: row.title })}
      placeholder={t('stockTake.notCounted')}
      value={counted}
      busy={count.busy}
      onSave={found => {
        setCounted(found)
        count.run({ skuId: row.skuId, counted: found })
      }}
    />
  )
}
