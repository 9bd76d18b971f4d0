import type { StockRow } from '@kaibo/contract/goods/stock'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useMyShop, useWorkplace } from '../account/workplace.tsx'
import { productsKey } from '../products/use-products.ts'
import { AdjustForm } from './adjust-form.tsx'
import { MovementLog } from './movement-log.tsx'

/** One SKU: how many there are, how many orders hold, and how it came about. */
export function SkuStock({ skuId }: { skuId: string }) {
  const { id: shopId } = useMyShop()
  const { can } = useWorkplace()
  const { data } = useQueryOf([...productsKey(shopId), 'stock', skuId], () =>
    api.stock.list({ shopId, skuId, limit: 1 }),
  )
  const row = data?.items[0]
  return (
    <div className="k-stack">
      {row && <Level row={row} />}
      {row && can('stock.manage') && <AdjustForm skuId={skuId} level={row} />}
      <MovementLog shopId={shopId} skuId={skuId} />
    </div>
  )
}

function Level({ row }: { row: StockRow }) {
  const t = useT()
  const figures = [
    ['onHand', row.onHand],
    ['reserved', row.reserved],
    ['available', row.available],
  ] as const
  return (
    <dl className="stock-level">
      {figures.map(([name, count]) => (
        <div key={name}>
          <dt>{t(`stock.${name}`)}</dt>
          <dd className="k-num">{count}</dd>
        </div>
      ))}
    </dl>
  )
}
