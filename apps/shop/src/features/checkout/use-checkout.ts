import type { Order } from '@kaibo/contract/trade/order'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useState } from 'react'
import { firstAddress } from '../address/model.ts'
import { type Asked, askPrice, type Refusal, refusalOf } from './ask.ts'
import { type Draft, requestOf, toggleCoupon } from './draft.ts'
import { usePlacing } from './use-placing.ts'

export type Checkout = ReturnType<typeof useCheckout>

/** What a checkout knows and can do. Whatever the server refuses, prices and stock are asked anew. */
export function useCheckout(draft: Draft | null, onPlaced: (orders: readonly Order[]) => void) {
  const isOpen = draft !== null
  const [addressId, setAddressId] = useState<string>()
  const [couponIds, setCouponIds] = useState<string[] | null>(null)
  const [usesPoints, setUsesPoints] = useState(false)
  const [notes, setNotes] = useState<Readonly<Record<string, string>>>({})
  const [agreed, setAgreed] = useState<readonly string[]>([])

  const book = useQueryOf(['addresses'], () => api.account.addresses(), { enabled: isOpen })
  const addresses = book.data?.items
  const address = addresses?.find(({ id }) => id === addressId) ?? firstAddress(addresses)
  const choices = { addressId: address?.id ?? null, couponIds, usesPoints }
  const asked = useQueryOf<Asked | null>(
    ['preview', draft?.lines, draft?.roomToken, address, couponIds, usesPoints],
    async () => draft && askPrice(draft, choices),
    { enabled: isOpen && book.data !== undefined, keepsLast: true },
  )
  const { preview = null, refusal = null } = asked.data ?? {}
  const noReturnIds = preview?.noReturnSkuIds ?? []
  // Agreeing counts for what was shown: other goods ask again (R7).
  const agreesNoReturn = noReturnIds.length > 0 && noReturnIds.every(id => agreed.includes(id))
  const { isPlacing, place, movedFromFen } = usePlacing({ draft, preview, onPlaced })
  const hasAddress = address !== undefined || preview?.needsAddress === false
  const isReady = preview !== null && !asked.error && !asked.isPlaceholderData && refusal === null
  return {
    addresses,
    address,
    chooseAddress: setAddressId,
    preview,
    /** Why it cannot go to this address. */
    refusal,
    /** Goods that cannot be bought at all; everything else that went wrong is an error. */
    blocked: asked.error ? blockedOf(refusalOf(asked.error)) : null,
    error: asked.error ?? book.error,
    isAsking: asked.isFetching || book.isFetching,
    retry() {
      if (asked.error) void asked.refetch()
      if (book.error) void book.refetch()
    },
    couponIds,
    toggleCoupon: (id: string) => preview && setCouponIds(toggleCoupon(preview.coupons, id)),
    chooseCoupons: setCouponIds,
    usesPoints,
    setUsesPoints,
    notes,
    setNote: (shopId: string, note: string) => setNotes(before => ({ ...before, [shopId]: note })),
    noReturnIds,
    agreesNoReturn,
    agreeNoReturn: (agrees: boolean) => setAgreed(agrees ? noReturnIds : []),
    /** The total that was shown before the price moved. */
    movedFromFen,
    isPlacing,
    /** Some goods cannot be returned, and the buyer has not agreed to that yet. */
    needsAgreement: noReturnIds.length > 0 && !agreesNoReturn,
    /** Places the orders; undefined while something is missing. */
    place:
      draft && preview && isReady && hasAddress
        ? () => {
            const chosen = { addressId: choices.addressId, preview, notes, agreesNoReturn }
            place(requestOf(draft, chosen))
          }
        : undefined,
  }
}

/** Only a refusal that names goods can be mended by leaving them out. */
const blockedOf = (refusal: Refusal): Refusal | null => (refusal.skuIds.length > 0 ? refusal : null)
