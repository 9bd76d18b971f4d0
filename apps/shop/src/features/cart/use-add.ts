import type { Sku } from '@kaibo/contract/goods/catalog'
import type { OrderSource } from '@kaibo/contract/trade/order'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useRef } from 'react'
import { added } from './device/model.ts'
import { deviceCart } from './device/store.ts'

type Goods = { sku: Pick<Sku, 'id' | 'priceFen'>; quantity: number }

/**
 * Puts goods into the cart: the person's own, or the device's. A press that failed on its way keeps
 * its id, so that pressing again adds once.
 */
export function useAddToCart({ onDone }: { onDone?: () => void } = {}) {
  const t = useT()
  const { user } = useMe()
  const pressed = useRef<{ id: string; of: string } | null>(null)
  const done = () => {
    toast.success(t('cart.added'))
    onDone?.()
  }
  const act = useActionOf(api.cart.add, {
    refresh: [['cart']],
    onDone() {
      pressed.current = null
      done()
    },
  })
  return {
    busy: act.busy,
    add({ sku, quantity }: Goods, source: OrderSource): void {
      if (!user) {
        const { id: skuId, priceFen: addedPriceFen } = sku
        deviceCart.update(cart =>
          added(cart, { skuId, quantity, isSelected: true, addedPriceFen, source }),
        )
        done()
        return
      }
      const of = `${sku.id} ${quantity}`
      if (pressed.current?.of !== of) pressed.current = { id: newId(), of }
      act.run({ id: pressed.current.id, skuId: sku.id, quantity, source })
    },
  }
}
