import type { Address } from '@kaibo/contract/account'
import type { OrderPreview, OrderSource, PlaceOrder } from '@kaibo/contract/order'

/** What goes into an order; the id stays the same over every retry, so that it is placed once. */
export type Draft = {
  id: string
  lines: { skuId: string; quantity: number }[]
  source: OrderSource
}

export const requestOf = (
  draft: Draft,
  chosen: { addressId: string; note: string; preview: OrderPreview },
): PlaceOrder => ({
  ...draft,
  addressId: chosen.addressId,
  note: chosen.note.trim(),
  expectedPayableFen: chosen.preview.payableFen,
})

/** The address to begin with: the default one, else the first. */
export const firstAddress = (addresses: readonly Address[] | undefined): Address | undefined =>
  addresses?.find(address => address.isDefault) ?? addresses?.[0]

export const addressText = (
  address: Pick<Address, 'province' | 'city' | 'district' | 'detail'>,
): string =>
  [address.province, address.city, address.district, address.detail].filter(Boolean).join(' ')
