import type { ApiError } from '@kaibo/client/client'
import type { Cart } from '@kaibo/contract/trade/cart'
import type { OrderPreview } from '@kaibo/contract/trade/order'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { basketOf, newDraft } from '../checkout/draft.ts'
import { draftLines, shelfTotalFen, sourceOf, tooMuch } from './model.ts'

export type Total = {
  preview: OrderPreview | undefined
  /** What the marked goods cost now; before the offers are known, their shelf prices. */
  payableFen: number
  isAsking: boolean
  /** Why there is no price for these goods together; null when there is. */
  error: ApiError | null
}

/** The price of what is marked, with every offer and the best coupons; shipping comes later. */
export function useTotal(cart: Cart | undefined, isSignedIn: boolean): Total {
  const lines = cart ? draftLines(cart) : []
  const canAsk = isSignedIn && lines.length > 0 && tooMuch(lines) === null
  const query = useQueryOf(
    ['preview', 'cart', lines.map(({ skuId, quantity }) => [skuId, quantity])],
    () => {
      const draft = newDraft(lines, { source: cart ? sourceOf(cart) : { kind: 'shop', id: null } })
      return api.order.preview(
        basketOf(draft, { addressId: null, couponIds: null, usesPoints: false }),
      )
    },
    { enabled: canAsk, keepsLast: true },
  )
  const preview = canAsk && !query.error ? query.data : undefined
  const shelfFen = cart ? shelfTotalFen(cart) : 0
  return {
    preview,
    payableFen: preview && !query.isPlaceholderData ? preview.payableFen : shelfFen,
    isAsking: canAsk && query.isFetching,
    error: canAsk ? query.error : null,
  }
}
