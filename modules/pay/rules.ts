import { createHash } from 'node:crypto'
import type { Payment, PaymentState, ShareState } from '@kaibo/contract/trade/pay'
import type { Id } from '@kaibo/kernel/ids'
import { machine } from '@kaibo/kernel/machine'
import type { Fen } from '@kaibo/kernel/money'
import type { BillRow } from './gateway.ts'

/**
 * A payment 支付单. `closed` takes money as well: a channel may vouch for a trade that it reported
 * closed, and money that a channel took is booked whatever we believed before.
 */
export const paymentLife = machine('pending', {
  pending: { pay: 'paid', close: 'closed' },
  paid: {},
  closed: { pay: 'paid' },
})
export type TradeStep = 'pending' | 'paid' | 'closed'

/** What an order takes of a payment; `takeLate` = no order waits for it, `cancel` = it closed later. */
export const shareLife = machine('waiting', {
  waiting: { take: 'paid', takeLate: 'refunding' },
  paid: { cancel: 'refunding' },
  refunding: { refund: 'refunded' },
  refunded: {},
})
export type ShareEvent = 'take' | 'takeLate' | 'cancel' | 'refund'

/** What became of a payment as a whole. */
export function stateOf(trade: TradeStep, shares: readonly { state: ShareState }[]): PaymentState {
  if (trade !== 'paid') return trade
  if (shares.some(share => share.state === 'paid')) return 'paid'
  return shares.every(share => share.state === 'refunded') ? 'refunded' : 'refunding'
}

/** The same for the same orders at the same amounts, in whatever order they are named. */
export function groupKeyOf(orders: readonly { orderId: Id; amountFen: Fen }[]): string {
  const parts = orders.map(({ orderId, amountFen }) => `${orderId}:${amountFen}`).toSorted()
  return createHash('sha256').update(parts.join(' ')).digest('hex')
}

/** Our side of a trade in a channel's books. */
export type Said = {
  readonly amountFen: number
  readonly state: TradeStep
  readonly refundedFen: number
  /** To be given back; the channel may have done so already. */
  readonly refundingFen: number
}

/**
 * Whether our payment and the channel's trade say the same. A notification, or the answer to a
 * refund, may still be on its way: `pending` counts as unpaid or paid, what is being refunded as kept
 * or returned.
 */
export function agree(our: Said | undefined, their: Omit<BillRow, 'tradeNo'> | undefined): boolean {
  if (!their) return our?.state === 'pending'
  if (our?.amountFen !== their.amountFen) return false
  if (our.state === 'pending') return their.refundedFen === 0
  const stillDueFen = their.refundedFen - our.refundedFen
  return our.state === 'paid' && stillDueFen >= 0 && stillDueFen <= our.refundingFen
}

/** Whether the journals of a share say what it says; they may be a step ahead, never behind. */
export function isBooked(
  { amountFen, state }: Payment['orders'][number],
  journals: { pay: number | undefined; refund: number | undefined },
): boolean {
  const has = (journal: number | undefined) => journal === amountFen
  const none = (journal: number | undefined) => journal === undefined
  const mayBe = (journal: number | undefined) => none(journal) || has(journal)
  if (state === 'refunded') return has(journals.pay) && has(journals.refund)
  if (state === 'refunding') return has(journals.pay) && mayBe(journals.refund)
  if (state === 'paid') return has(journals.pay) && none(journals.refund)
  return mayBe(journals.pay)
}
