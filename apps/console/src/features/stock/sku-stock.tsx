import type { StockMovement } from '@kaibo/contract/stock'
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
  // Every change is logged, so the newest line of the log is where the stock stands.
  const newest = useQueryOf([...productsKey(shopId), 'stock', skuId], () =>
    api.stock.movements({ shopId, skuId, limit: 1 }),
  )
  const last = newest.data?.items[0]
  return (
    <div className="k-stack">
      {last && <Level movement={last} />}
      {last && can('stock.manage') && (
        <AdjustForm
          skuId={skuId}
          level={{ onHand: last.onHandAfter, reserved: last.reservedAfter }}
        />
      )}
      <MovementLog shopId={shopId} skuId={skuId} />
    </div>
  )
}

function Level({ movement }: { movement: StockMovement }) {
  const t = useT()
  const { onHandAfter, reservedAfter } = movement
  const figures = [
    ['onHand', onHandAfter],
    ['reserved', reservedAfter],
    ['available', onHandAfter - reservedAfter],
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
