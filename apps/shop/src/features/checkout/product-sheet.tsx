import { topics } from '@kaibo/contract/topics'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useState } from 'react'
import { Trouble } from '../../shell/trouble.tsx'
import { useLast } from '../../shell/use-last.ts'
import { chosenSku, firstChoice, quantityMax } from '../product/model.ts'
import { type Picked, SkuPicker } from '../product/sku-picker.tsx'

type ProductSheetProps = {
  productId: string | null
  onClose: () => void
  onBuy: (line: { skuId: string; quantity: number }) => void
}

/** The product over the picture: choose and buy. Stock is live while it is open. */
export function ProductSheet({ productId, onClose, onBuy }: ProductSheetProps) {
  const t = useT()
  const id = useLast(productId)
  const [touched, setTouched] = useState<{ productId: string; picked: Picked }>()
  const query = useQueryOf(['product', id], () => api.catalog.view({ id: id ?? '' }), {
    enabled: id !== null,
  })
  const product = query.data
  useTopic(product ? topics.stock(product.shopId) : null, {
    onOrdered(message) {
      if (message.t === 'stock.changed' && message.levels.some(level => level.productId === id))
        void query.refetch()
    },
  })
  // Fresh numbers keep the choice: only another product starts anew.
  const picked =
    touched && touched.productId === product?.id
      ? touched.picked
      : { choice: product ? firstChoice(product) : {}, quantity: 1 }
  const sku = product && chosenSku(product, picked.choice)
  const canBuy = sku !== undefined && sku.available > 0 && product?.state === 'on_shelf'
  return (
    <Sheet
      open={productId !== null}
      onClose={onClose}
      title={product?.title ?? t('product.title')}
      theme="paper"
      side="end"
      tall
      footer={
        <Button
          tone="primary"
          size="l"
          wide
          disabled={!canBuy}
          onClick={() =>
            sku && onBuy({ skuId: sku.id, quantity: Math.min(picked.quantity, quantityMax(sku)) })
          }
        >
          {sku && !canBuy ? t('bag.soldOut') : t('product.buy')}
        </Button>
      }
    >
      {!product && query.error && (
        <Trouble error={query.error} onRetry={() => void query.refetch()} busy={query.isFetching} />
      )}
      {!product && !query.error && <SkeletonList rows={3} />}
      {product && (
        <>
          <SkuPicker
            product={product}
            picked={picked}
            onPick={next => setTouched({ productId: product.id, picked: next })}
          />
          <p className="product-description">{product.description}</p>
        </>
      )}
    </Sheet>
  )
}
