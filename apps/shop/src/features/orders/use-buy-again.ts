import type { Order } from '@kaibo/contract/trade/order'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useLocation } from 'wouter'

const fromShop = { kind: 'shop', id: null } as const

/** Puts what was bought into the cart once more, and goes there; gifts come by themselves. */
export function useBuyAgain() {
  const [, go] = useLocation()
  return useActionOf(
    async (order: Order) => {
      const wanted = order.lines.filter(line => !line.isGift)
      // One after the other: each answer is the whole cart.
      for (const { skuId, quantity } of wanted)
        await api.cart.add({ id: newId(), skuId, quantity, source: fromShop })
    },
    { refresh: [['cart']], onDone: () => go('/cart') },
  )
}
