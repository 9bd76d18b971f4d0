import type { Product, Sku } from '@kaibo/contract/goods/catalog'
import { topics } from '@kaibo/contract/show/topics'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { type ReactNode, useState } from 'react'
import { Trouble } from '../../shell/trouble.tsx'
import { useLast } from '../../shell/use-last.ts'
import { chosenSku, firstChoice, quantityMax } from '../product/model.ts'
import { type Picked, SkuPicker } from '../product/sku-picker.tsx'
import { withSales } from '../sale/model.ts'
import { useSales } from '../sale/use-sales.ts'

/** A variant that can be bought now, and how many of it. */
export type Chosen = { product: Product; sku: Sku; quantity: number }
/** What is asked about: a product, or a line whose variant is to change. */
export type Asked = { productId: string; skuId?: string; quantity?: number }

type SkuSheetProps = {
  asked: Asked | null
  /** The room that it lies over: its prices count. */
  liveId?: string | null
  onClose: () => void
  /** The buttons; `chosen` is undefined until a variant that can be bought is picked. */
  actions: (chosen: Chosen | undefined) => ReactNode
}

/** The product over whatever lies beneath: choose a variant. Stock is live while it is open. */
export function SkuSheet({ asked, liveId, onClose, actions }: SkuSheetProps) {
  const t = useT()
  const shown = useLast(asked)
  const id = shown?.productId ?? null
  const [touched, setTouched] = useState<{ asked: Asked; picked: Picked }>()
  const query = useQueryOf(['product', id], () => api.catalog.view({ id: id ?? '' }), {
    enabled: id !== null,
  })
  const place = query.data ? { shopId: query.data.shopId, liveId: liveId ?? undefined } : null
  const { sales, offsetMs } = useSales(place)
  const product = query.data && withSales(query.data, sales)
  useTopic(product ? topics.stock(product.shopId) : null, {
    onOrdered(message) {
      if (message.t === 'stock.changed' && message.levels.some(level => level.productId === id))
        void query.refetch()
    },
  })
  // Fresh numbers keep the choice: only another question starts anew.
  const picked = touched && touched.asked === shown ? touched.picked : firstPick(product, shown)
  const sku = product && chosenSku(product, picked.choice)
  const canBuy = sku !== undefined && sku.available > 0 && product?.state === 'on_shelf'
  const quantity = Math.min(picked.quantity, quantityMax(sku))
  return (
    <Sheet
      open={asked !== null}
      onClose={onClose}
      title={product?.title ?? t('product.title')}
      theme="paper"
      side="end"
      tall
      footer={
        sku && !canBuy ? (
          <Button tone="primary" size="l" wide disabled>
            {t(product?.state === 'on_shelf' ? 'bag.soldOut' : 'bag.off')}
          </Button>
        ) : (
          actions(product && sku ? { product, sku, quantity } : undefined)
        )
      }
    >
      {!product && query.error && (
        <Trouble error={query.error} onRetry={() => void query.refetch()} busy={query.isFetching} />
      )}
      {!product && !query.error && <SkeletonList rows={3} />}
      {product && shown && (
        <SkuPicker
          product={product}
          sales={sales}
          offsetMs={offsetMs}
          picked={picked}
          onPick={next => setTouched({ asked: shown, picked: next })}
        />
      )}
    </Sheet>
  )
}

function firstPick(product: Product | undefined, asked: Asked | null): Picked {
  const quantity = asked?.quantity ?? 1
  if (!product) return { choice: {}, quantity }
  const known = product.skus.find(sku => sku.id === asked?.skuId)
  return { choice: known?.spec ?? firstChoice(product), quantity }
}
