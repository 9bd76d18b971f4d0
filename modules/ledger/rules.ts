import type { Id } from '@kaibo/kernel/ids'
import { invariant } from '@kaibo/kernel/invariant'
import { type Fen, minusFen, zeroFen } from '@kaibo/kernel/money'

/** One side of a journal. Debit is positive, credit negative. */
export type Entry = { readonly account: string; readonly amountFen: Fen }

/** Names of accounts. `channel:` is what a payment channel owes us, `shop:` what we owe a shop. */
export const accounts = {
  channel: (channel: string) => `channel:${channel}`,
  /** Paid by buyers, order not completed. */
  shopPending: (shopId: Id) => `shop:${shopId}:pending`,
  /** Completed and owed to the shop. */
  shopAvailable: (shopId: Id) => `shop:${shopId}:available`,
  /** Money that came too late or twice and goes back to its buyer. */
  refundDue: 'refund:due',
} as const

export type Movement = {
  /** What is booked, once: `pay:<payment>`, `complete:<order>` … */
  readonly key: string
  readonly kind: string
  readonly from: string
  readonly to: string
  readonly amountFen: Fen
}

/** The two sides of a movement; they sum to zero by construction. */
export function transfer({ from, to, amountFen }: Omit<Movement, 'key' | 'kind'>): Entry[] {
  invariant(amountFen > 0, 'a movement moves more than nothing')
  invariant(from !== to, 'a movement has two sides')
  return [
    { account: to, amountFen },
    { account: from, amountFen: minusFen(zeroFen, amountFen) },
  ]
}
