import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { ById, Id, Instant, Money, named, nullable, object, oneOf } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'

export const paymentStates = ['pending', 'paid', 'closed', 'refunding', 'refunded'] as const
export type PaymentState = (typeof paymentStates)[number]

/** waiting = not paid yet · refunding, refunded = no order waited for it, or its order was cancelled. */
export const shareStates = ['waiting', 'paid', 'refunding', 'refunded'] as const
export type ShareState = (typeof shareStates)[number]

/** One payment for one or several orders of a buyer. */
export const Payment = named('Payment', {
  id: Id,
  /** What each order takes of it; the amounts sum to `amountFen`. */
  orders: Type.Array(object({ orderId: Id, amountFen: Money, state: oneOf(shareStates) })),
  channel: Type.String(),
  amountFen: Money,
  /** `paid` when at least one order was paid by it; `refunding`, `refunded` when all of it goes back. */
  state: oneOf(paymentStates),
  /** Where the buyer pays; null once it is paid or closed. */
  cashierUrl: nullable(Type.String()),
  expiresAt: Instant,
  paidAt: nullable(Instant),
})
export type Payment = Static<typeof Payment>

export const payErrors = errors({
  'pay.channel_unknown': [422, 'This way to pay is not offered.', '不支持该支付方式'],
  'pay.channel_down': [
    503,
    'The payment channel does not answer. Please try again.',
    '支付渠道暂时不可用，请重试',
  ],
  'pay.not_found': [404, 'This payment does not exist.', '支付单不存在'],
  'pay.bad_signature': [403, 'The notification is not signed by the channel.', '通知签名无效'],
  'pay.amount_differs': [409, 'The amount differs from the order.', '金额与订单不一致'],
})

export const payApi = {
  start: endpoint({
    method: 'POST',
    path: '/payments',
    summary: 'Start paying orders of mine together; answers with the channel’s cashier',
    can: 'order.buy',
    scope: 'self',
    rate: 'money',
    idempotency: 'key',
    audit: 'none',
    body: object({
      orderIds: Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }),
      channel: Type.String({ pattern: '^[a-z]{2,20}$' }),
    }),
    reply: Payment,
    errors: ['order.not_found', 'order.wrong_state', 'pay.channel_unknown', 'pay.channel_down'],
  }),
  view: endpoint({
    method: 'GET',
    path: '/payments/:id',
    summary: 'State of one of my payments; asks the channel when its notification is late',
    can: 'order.buy',
    scope: 'self',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    reply: Payment,
    errors: ['pay.not_found'],
  }),
}
