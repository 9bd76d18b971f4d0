import type { StockCount } from '@kaibo/contract/goods/stocktake'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type Column, DataTable } from '../../components/list/data-table.tsx'
import { usePages } from '../../components/list/use-pages.ts'
import { signed } from '../stock/model.ts'
import { SkuName } from '../stock/sku-name.tsx'
import { takesKey } from './use-takes.ts'

type CountedTableProps = { shopId: string; takeId: string; isOpen: boolean }

const pageSize = 50

/** What was counted, beside what the books said at that moment. */
export function CountedTable({ shopId, takeId: id, isOpen }: CountedTableProps) {
  const t = useT()
  const key = takesKey(shopId)
  const pages = usePages([...key, id, 'counts'], cursor =>
    api.stocktake.counts({ shopId, id, limit: pageSize, ...cursor }),
  )
  const uncount = useActionOf((skuId: string) => api.stocktake.uncount({ shopId, id, skuId }), {
    refresh: [key],
  })
  const columns: Column<StockCount>[] = [
    { key: 'name', title: t('stockList.column.name'), cell: row => <SkuName sku={row} /> },
    {
      key: 'then',
      title: t('stockTake.then'),
      align: 'end',
      cell: row => <span className="k-num">{row.onHandThen}</span>,
    },
    {
      key: 'counted',
      title: t('stockTake.found'),
      align: 'end',
      cell: row => <strong className="k-num">{row.counted}</strong>,
    },
    {
      key: 'difference',
      title: t('stockTake.difference'),
      align: 'end',
      cell: row => <Difference row={row} />,
    },
    {
      key: 'actions',
      title: t('products.column.actions'),
      cell: row =>
        isOpen && (
          <Button size="s" onClick={() => uncount.run(row.skuId)}>
            {t('stockTake.uncount')}
          </Button>
        ),
    },
  ]
  return (
    <DataTable
      label={t('stockTake.tab.counted')}
      pages={pages}
      columns={columns}
      rowKey={row => row.skuId}
      card={row => (
        <div className="card-line">
          <SkuName sku={row} />
          <Difference row={row} />
        </div>
      )}
      empty={<Empty icon="box" title={t('stockTake.nothingCounted')} />}
    />
  )
}

function Difference({ row: { difference } }: { row: StockCount }) {
  const t = useT()
  if (difference === 0) return <Badge tone="success">{t('stockTake.same')}</Badge>
  return <Badge tone={difference < 0 ? 'danger' : 'warning'}>{signed(difference)}</Badge>
}
