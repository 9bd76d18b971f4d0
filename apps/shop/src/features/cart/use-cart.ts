import type { Sku } from '@kaibo/contract/goods/catalog'
import type { Cart, CartLine } from '@kaibo/contract/trade/cart'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { firstAddress } from '../address/model.ts'
import { changed, type DeviceCart, removed, replaced } from './device/model.ts'
import { deviceCart } from './device/store.ts'
import { withPending } from './model.ts'
import { usePending } from './use-pending.ts'

/** The cart and what can be done with it: the person's on the server, or the visitor's here. */
export function useCart() {
  const { user } = useMe()
  const { lines } = deviceCart.use()
  const book = useQueryOf(['addresses'], () => api.account.addresses(), { enabled: Boolean(user) })
  const regionCode = firstAddress(book.data?.items)?.regionCode
  const query = useQueryOf<Cart>(
    user ? ['cart', 'mine', regionCode] : ['cart', 'device', lines],
    () => (user ? api.cart.view(regionCode ? { regionCode } : {}) : api.cart.viewDevice({ lines })),
    { enabled: user === null || (Boolean(user) && !book.isPending), keepsLast: true },
  )
  const { pending, run, runAtRest } = usePending()
  const here = async (change: (cart: DeviceCart) => DeviceCart) => deviceCart.update(change)
  return {
    user,
    cart: query.data && withPending(query.data, pending),
    error: query.error,
    isAsking: query.isFetching,
    retry: () => void query.refetch(),
    setQuantity: (skuId: string, quantity: number) =>
      runAtRest(skuId, {
        skuIds: [skuId],
        patch: { quantity },
        send: () =>
          user
            ? api.cart.set({ skuId, quantity })
            : here(cart => changed(cart, [skuId], { quantity })),
      }),
    select: (skuIds: string[], isSelected: boolean) =>
      skuIds.length > 0 &&
      run({
        skuIds,
        patch: { isSelected },
        send: () =>
          user
            ? api.cart.select({ skuIds, isSelected })
            : here(cart => changed(cart, skuIds, { isSelected })),
      }),
    remove: (skuIds: string[]) =>
      run({
        skuIds,
        patch: { isGone: true },
        send: () => (user ? api.cart.remove({ skuIds }) : here(cart => removed(cart, skuIds))),
      }),
    changeSku: ({ skuId }: CartLine, to: Sku, quantity: number) =>
      run({
        skuIds: [],
        patch: {},
        send: () =>
          user
            ? api.cart.changeSku({ skuId, toSkuId: to.id, quantity })
            : here(cart =>
                replaced(cart, skuId, { skuId: to.id, quantity, addedPriceFen: to.priceFen }),
              ),
      }),
  }
}
