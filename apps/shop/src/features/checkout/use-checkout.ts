import type { Address } from '@kaibo/contract/account'
import type { Order, OrderPreview } from '@kaibo/contract/order'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { basketOf, type Draft, firstAddress, requestOf } from './model.ts'

/** What a checkout knows and can do. Whatever the server refuses, prices and stock are asked anew. */
export function useCheckout(draft: Draft | null, onPlaced: (order: Order) => void) {
  const cache = useQueryClient()
  const sentence = useErrorSentence()
  const [note, setNote] = useState('')
  const [addressId, setAddressId] = useState<string>()
  const isOpen = draft !== null
  const book = useQueryOf(['addresses'], () => api.account.addresses(), { enabled: isOpen })
  const addresses = book.data?.items
  const address: Address | undefined =
    addresses?.find(({ id }) => id === addressId) ?? firstAddress(addresses)
  const preview = useQueryOf<OrderPreview>(
    ['preview', draft?.lines, addressId],
    () => api.order.preview(basketOf(draft, address?.id ?? null)),
    { enabled: isOpen && book.data !== undefined },
  )
  const seen = preview.error ? undefined : preview.data
  const place = useActionOf(api.order.place, {
    refresh: [['orders'], ['product'], ['bag']],
    onDone({ orders: [order] }) {
      setNote('')
      if (order) onPlaced(order)
    },
    onRefused(error) {
      toast.error(sentence(error))
      for (const key of ['preview', 'product', 'bag'])
        void cache.invalidateQueries({ queryKey: [key] })
      return true
    },
  })
  return {
    note,
    setNote,
    addresses,
    address,
    chooseAddress: setAddressId,
    preview: seen,
    error: preview.error ?? book.error,
    isAsking: preview.isFetching || book.isFetching,
    retry() {
      if (preview.error) void preview.refetch()
      if (book.error) void book.refetch()
    },
    isPlacing: place.busy,
    /** Places the order; undefined while something is missing. */
    place:
      draft && seen && address
        ? () => place.run(requestOf(draft, { addressId: address.id, note, preview: seen }))
        : undefined,
  }
}
