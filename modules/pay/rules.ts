import type { PaymentState } from '@kaibo/contract/pay'
import { machine } from '@kaibo/kernel/machine'
import type { BillRow } from './gateway.ts'

/**
 * A payment 支付单. `closed` takes money as well: a channel may vouch for a trade that it reported
 * closed, and money that a channel took is booked whatever we believed before.
 */
export const paymentLife = machine('pending', {
  pending: { pay: 'paid', payLate: 'refunding', close: 'closed' },
  paid: {},
  closed: { pay: 'paid', payLate: 'refunding' },
  refunding: { refund: 'refunded' },
  refunded: {},
})

type Said = { readonly amountFen: number; readonly state: PaymentState }

/**
 * Whether our payment and the channel's trade say the same. A notification, or the answer to a
 * refund, may still be on its way: `pending` counts as unpaid or paid, `refunding` as paid or
 * refunded.
 */
export function agree(our: Said | undefined, their: Omit<BillRow, 'tradeNo'> | undefined): boolean {
  if (!their) return our?.state === 'pending'
  if (our?.amountFen !== their.amountFen) return false
  if (our.state === 'pending') return their.state === 'paid'
  return our.state === their.state || our.state === 'refunding'
}

/** Whether the journals of a payment say what it says; they may be a step ahead, never behind. */
export function isBooked(
  { amountFen, state }: Said,
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
