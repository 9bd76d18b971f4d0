import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ById,
  Done,
  Id,
  Instant,
  named,
  nullable,
  object,
  oneOf,
  pageOf,
  pageQuery,
  text,
} from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'

/** planned = not yet · current = counts for orders placed now · past = another one came after it. */
export const takeRateStates = ['planned', 'current', 'past'] as const
export type TakeRateState = (typeof takeRateStates)[number]

/** In basis points: 500 = 5 %. Null ends a rule: what is less specific counts again. */
const RateBps = nullable(Type.Integer({ minimum: 0, maximum: 10_000 }))

/** What the platform keeps of a sale. Never changed: another rate is another rule, later. */
export const TakeRate = named('TakeRate', {
  id: Id,
  /** Null = every shop. */
  shop: nullable(object({ id: Id, name: Type.String() })),
  /** With everything below it; null = every category. */
  categoryId: nullable(Id),
  rateBps: RateBps,
  effectiveFrom: Instant,
  note: Type.String(),
  createdBy: nullable(Id),
  createdAt: Instant,
  state: oneOf(takeRateStates),
})
export type TakeRate = Static<typeof TakeRate>

export const NewTakeRate = object({
  id: Id,
  shopId: nullable(Id),
  categoryId: nullable(Id),
  rateBps: RateBps,
  /** Null = from now on. */
  effectiveFrom: nullable(Instant),
  note: text(0, 200),
})
export type NewTakeRate = Static<typeof NewTakeRate>

export const takeRateErrors = errors({
  'takerate.in_the_past': [
    422,
    'A rate cannot begin in the past: orders keep the rate they were placed at.',
    '费率不能从过去开始生效，已下单的订单按原费率结算',
  ],
  'takerate.instant_taken': [
    409,
    'Another rate for the same goods begins at that very moment.',
    '同一时刻已有另一条费率生效',
  ],
  'takerate.in_effect': [
    409,
    'A rate that has begun stays in the history. Add a new one instead.',
    '已生效的费率不能撤回，请新增一条费率',
  ],
})

export const takeRateApi = {
  list: endpoint({
    method: 'GET',
    path: '/platform/take-rates',
    summary: 'What the platform keeps of sales: rules to come, in effect and past, latest first',
    can: 'platform.manage',
    scope: 'platform',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    query: object({
      ...pageQuery,
      state: Type.Optional(oneOf(takeRateStates)),
      shopId: Type.Optional(Id),
    }),
    reply: pageOf(TakeRate),
    errors: [],
  }),
  add: endpoint({
    method: 'POST',
    path: '/platform/take-rates',
    summary: 'Set a take-rate from now or from a later moment on; the body carries its id',
    can: 'platform.manage',
    scope: 'platform',
    rate: 'write',
    idempotency: 'natural',
    audit: 'money',
    body: NewTakeRate,
    reply: TakeRate,
    errors: ['takerate.in_the_past', 'takerate.instant_taken'],
  }),
  withdraw: endpoint({
    method: 'DELETE',
    path: '/platform/take-rates/:id',
    summary: 'Take back a rule that has not begun',
    can: 'platform.manage',
    scope: 'platform',
    rate: 'write',
    idempotency: 'natural',
    audit: 'money',
    params: ById,
    reply: Done,
    errors: ['takerate.in_effect'],
  }),
}
