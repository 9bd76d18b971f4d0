import { ApiError } from '@kaibo/client/client'
import type { Order, OrderPreview, PlaceOrder } from '@kaibo/contract/trade/order'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Draft } from './draft.ts'

type Placing = {
  draft: Draft | null
  preview: OrderPreview | null
  onPlaced: (orders: readonly Order[]) => void
}

/**
 * Places a checkout once, however often it is sent: its order ids stay the same, and when an answer
 * was lost and the request changed since, the orders of the first one are taken up.
 */
export function usePlacing({ draft, preview, onPlaced }: Placing) {
  const cache = useQueryClient()
  const sentence = useErrorSentence()
  const [movedFromFen, setMovedFromFen] = useState<number | null>(null)
  const act = useActionOf(placeOnce, {
    refresh: [['orders'], ['product'], ['bag'], ['coupons'], ['points']],
    onDone(orders) {
      setMovedFromFen(null)
      if (draft?.isFromCart) void clearCart(draft).then(refreshCart, refreshCart)
      onPlaced(orders)
    },
    onRefused(error) {
      if (error.code === 'order.price_changed') setMovedFromFen(preview?.payableFen ?? null)
      toast.error(sentence(error))
      for (const key of ['preview', 'product', 'bag', 'cart', 'addresses'])
        void cache.invalidateQueries({ queryKey: [key] })
      return true
    },
  })
  const refreshCart = () => cache.invalidateQueries({ queryKey: ['cart'] })
  return { place: act.run, isPlacing: act.busy, movedFromFen }
}

async function placeOnce(request: PlaceOrder): Promise<readonly Order[]> {
  try {
    return (await api.order.place(request)).orders
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'order.id_taken') throw error
    return Promise.all(request.orders.map(({ id }) => api.order.view({ id })))
  }
}

const clearCart = ({ lines }: Draft) =>
  api.cart.remove({ skuIds: [...new Set(lines.map(line => line.skuId))] })
