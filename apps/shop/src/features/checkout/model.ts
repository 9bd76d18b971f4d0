import type { Address } from '@kaibo/contract/account'
import type { BasketLine, OrderPreview, OrderSource, PlaceOrder } from '@kaibo/contract/order'

/** What goes into an order of one shop; the id stays the same over every retry, so that it is placed once. */
export type Draft = {
  id: string
  lines: BasketLine[]
  source: OrderSource
}

/** What the draft is asked to cost: without an address shipping counts as nothing. */
export const basketOf = (draft: Draft | null, addressId: string | null) => ({
  lines: draft?.lines ?? [],
  source: draft?.source ?? { kind: 'shop' as const, id: null },
  addressId,
  couponIds: [],
  pointsUsed: 0,
})

export const requestOf = (
  { id, lines, source }: Draft,
  chosen: { addressId: string; note: string; preview: OrderPreview },
): PlaceOrder => ({
  lines,
  source,
  orders: chosen.preview.shops.map(({ shop }) => ({
    id,
    shopId: shop.id,
    note: chosen.note.trim(),
  })),
  addressId: chosen.addressId,
  couponIds: [],
  pointsUsed: 0,
  agreesNoReturn: false,
  expectedPayableFen: chosen.preview.payableFen,
})

/** The address to begin with: the default one, else the first. */
export const firstAddress = (addresses: readonly Address[] | undefined): Address | undefined =>
  addresses?.find(address => address.isDefault) ?? addresses?.[0]

export const addressText = (
  address: Pick<Address, 'province' | 'city' | 'district' | 'detail'>,
): string =>
  [address.province, address.city, address.district, address.detail].filter(Boolean).join(' ')
