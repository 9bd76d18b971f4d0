import { shareStates } from '@kaibo/contract/trade/pay'
import { newId } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { agree, groupKeyOf, isBooked, paymentLife, type Said, shareLife, stateOf } from './rules.ts'

test('money that a channel took is booked whatever we believed before', () => {
  expect(paymentLife.sources('pay')).toEqual(['pending', 'closed'])
  expect(shareLife.sources('take')).toEqual(['waiting'])
  expect(shareLife.states.toSorted()).toEqual([...shareStates].toSorted())
})

test('a payment is what became of its orders', () => {
  const of = (...states: (typeof shareStates)[number][]) =>
    stateOf(
      'paid',
      states.map(state => ({ state })),
    )
  expect(stateOf('pending', [{ state: 'waiting' }])).toBe('pending')
  expect(of('paid', 'refunding')).toBe('paid')
  expect(of('refunded', 'refunding')).toBe('refunding')
  expect(of('refunded', 'refunded')).toBe('refunded')
})

test('the same orders at the same amounts are the same payment, in any order', () => {
  const [a, b] = [
    { orderId: newId(), amountFen: fen(1) },
    { orderId: newId(), amountFen: fen(2) },
  ]
  expect(groupKeyOf([a, b])).toBe(groupKeyOf([b, a]))
  expect(groupKeyOf([a])).not.toBe(groupKeyOf([a, b]))
  expect(groupKeyOf([{ ...a, amountFen: fen(3) }])).not.toBe(groupKeyOf([a]))
})

const our = (state: Said['state'] | 'refunding' | 'refunded', amountFen = 100): Said => ({
  amountFen,
  state: state === 'refunding' || state === 'refunded' ? 'paid' : state,
  refundedFen: state === 'refunded' ? amountFen : 0,
  refundingFen: state === 'refunding' ? amountFen : 0,
})
const their = (state: 'paid' | 'refunded' | 'half', amountFen = 100) => ({
  amountFen: fen(amountFen),
  refundedFen: fen({ paid: 0, half: amountFen / 2, refunded: amountFen }[state]),
})

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
  ['a part that was returned', { ...our('paid'), refundedFen: 50 }, their('half'), true],
  ['a part to be returned', { ...our('paid'), refundingFen: 50 }, their('half'), true],
  ['more returned than asked for', { ...our('paid'), refundingFen: 50 }, their('refunded'), false],
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
  ['waiting', undefined, undefined, true],
  ['waiting', 100, undefined, true],
] as const)(
  'journals of a share that is %s: %s taken, %s returned',
  (state, pay, refund, isFine) => {
    const share = { orderId: newId(), amountFen: fen(100), state }
    expect(isBooked(share, { pay, refund })).toBe(isFine)
  },
)
