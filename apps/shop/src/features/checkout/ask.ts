import { ApiError } from '@kaibo/client/client'
import type { OrderPreview } from '@kaibo/contract/trade/order'
import { api } from '@kaibo/ui/data/api.tsx'
import { basketOf, type Choices, type Draft } from './draft.ts'

/** A price, and what stands against sending it there: the price is then without shipping. */
export type Asked = { preview: OrderPreview; refusal: Refusal | null }
/** Something that the server refused, and the goods because of which it did. */
export type Refusal = { code: string; sentence: string; skuIds: string[] }

/** The goods can be bought, just not sent to this address. */
const addressCodes = ['order.address_missing', 'order.region_refused', 'freight.unreachable']

/**
 * Asks what a draft costs. An address that the goods do not reach is told beside the price; with
 * points, as many as may be used. Coupons that became unusable give way to the best ones.
 */
export async function askPrice(draft: Draft, choices: Choices): Promise<Asked> {
  try {
    return { preview: await priced(draft, choices), refusal: null }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.code === 'price.coupon_unusable' && choices.couponIds !== null)
      return askPrice(draft, { ...choices, couponIds: null })
    if (!addressCodes.includes(error.code)) throw error
    const preview = await priced(draft, { ...choices, addressId: null })
    return { preview, refusal: refusalOf(error) }
  }
}

async function priced(draft: Draft, choices: Choices): Promise<OrderPreview> {
  const basket = basketOf(draft, choices)
  const plain = await api.order.preview(basket)
  const { usableMax } = plain.points
  if (!choices.usesPoints || usableMax === 0) return plain
  return api.order.preview({ ...basket, pointsUsed: usableMax })
}

export const refusalOf = ({ code, message, data }: ApiError): Refusal => ({
  code,
  sentence: message,
  skuIds: Array.isArray(data.skuIds) ? data.skuIds.map(String) : [],
})
