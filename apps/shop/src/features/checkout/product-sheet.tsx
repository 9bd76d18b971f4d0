import { topics } from '@kaibo/contract/topics'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useState } from 'react'
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
  const [touched, setTouched] = useState<{ productId: string; picked: Picked }>()
  const { data, error, refetch } = useQueryOf(
    ['product', productId],
    () => api.catalog.view({ id: productId ?? '' }),
    { enabled: productId !== null },
  )
  const product = productId !== null && data?.id === productId ? data : undefined
  // Fresh numbers keep the choice: only another product starts anew.
  const picked: Picked =
    touched?.productId === product?.id && touched
      ? touched.picked
      : { choice: product ? firstChoice(product) : {}, quantity: 1 }
  useTopic(product ? topics.stock(product.shopId) : null, {
    onOrdered(message) {
      if (
        message.t === 'stock.changed' &&
        message.levels.some(level => level.productId === productId)
      )
        void refetch()
    },
  })
  const sku = product && chosenSku(product, picked.choice)
  const canBuy = sku !== undefined && sku.available > 0 && product?.state === 'on_shelf'
  return (
    <Sheet
      open={productId !== null}
      onClose={onClose}
      title={product?.title ?? t('product.title')}
      theme="paper"
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
      {!product && error && <ErrorState onRetry={() => void refetch()}>{error.message}</ErrorState>}
      {!product && !error && <SkeletonList rows={3} />}
      {product && (
        <>
          <SkuPicker
            product={product}
            picked={picked}
            onPick={picked => setTouched({ productId: product.id, picked })}
          />
          <p className="product-description k-muted">{product.description}</p>
        </>
      )}
    </Sheet>
  )
}
