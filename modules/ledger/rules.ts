import type { Id } from '@kaibo/kernel/ids'
import { invariant } from '@kaibo/kernel/invariant'
import { type Fen, fen } from '@kaibo/kernel/money'

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

/** Moves `amountFen` from one account to another; the sum is zero by construction. */
export function transfer(move: { from: string; to: string; amountFen: Fen }): Entry[] {
  invariant(move.amountFen > 0, 'a transfer moves more than nothing')
  invariant(move.from !== move.to, 'a transfer has two sides')
  return [
    { account: move.to, amountFen: move.amountFen },
    { account: move.from, amountFen: fen(-move.amountFen) },
  ]
}
