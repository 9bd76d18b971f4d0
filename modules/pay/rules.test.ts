import { paymentStates } from '@kaibo/contract/pay'
import { expect, test } from 'vitest'
import { agree, isBooked, paymentLife } from './rules.ts'

test('money that a channel took is booked whatever we believed before', () => {
  const takes = (event: 'pay' | 'payLate') => paymentLife.sources(event)
  expect(takes('pay')).toEqual(['pending', 'closed'])
  expect(takes('payLate')).toEqual(['pending', 'closed'])
  expect(paymentLife.states.toSorted()).toEqual([...paymentStates].toSorted())
})

const our = (state: (typeof paymentStates)[number], amountFen = 100) => ({ amountFen, state })
const their = (state: 'paid' | 'refunded', amountFen = 100) => ({ amountFen, state }) as never

test.each([
  ['paid on both sides', our('paid'), their('paid'), true],
  ['returned on both sides', our('refunded'), their('refunded'), true],
  ['a notification on its way', our('pending'), their('paid'), true],
  ['nobody paid yet', our('pending'), undefined, true],
  ['the answer to a refund on its way', our('refunding'), their('refunded'), true],
  ['a refund still to be asked for', our('refunding'), their('paid'), true],
  ['another amount', our('paid', 99), their('paid'), false],
  ['money we know nothing of', undefined, their('paid'), false],
  ['money that the channel knows nothing of', our('paid'), undefined, false],
  ['a refund that nobody asked for', our('paid'), their('refunded'), false],
  ['a refund that was not made', our('refunded'), their('paid'), false],
  ['money for a payment that is closed', our('closed'), their('paid'), false],
])('books side by side: %s', (_what, ours, theirs, isFine) => {
  expect(agree(ours, theirs)).toBe(isFine)
})

test.each([
  ['paid', 100, undefined, true],
  ['paid', undefined, undefined, false],
  ['paid', 99, undefined, false],
  ['paid', 100, 100, false],
  ['refunding', 100, undefined, true],
  ['refunding', 100, 100, true],
  ['refunded', 100, 100, true],
  ['refunded', 100, undefined, false],
  ['pending', undefined, undefined, true],
  ['pending', 100, undefined, true],
] as const)(
  'journals of a payment that is %s: %s taken, %s returned',
  (state, pay, refund, isFine) => {
    expect(isBooked(our(state), { pay, refund })).toBe(isFine)
  },
)
