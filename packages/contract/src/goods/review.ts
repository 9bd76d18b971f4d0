import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ById,
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
import { ProductPage, reviewStates } from './catalog.ts'

const caseFields = {
  id: Id,
  productId: Id,
  shop: object({ id: Id, name: Type.String() }),
  title: Type.String(),
  /** Of a product that buyers know; its present page stays until the change is approved. */
  isChange: Type.Boolean(),
  state: oneOf(reviewStates),
  reason: Type.String(),
  submittedAt: Instant,
  decidedAt: nullable(Instant),
}
/** A product, or a change of one, that was handed in. */
export const ReviewCase = named('ReviewCase', caseFields)
export type ReviewCase = Static<typeof ReviewCase>

export const reviewErrors = errors({
  'review.not_found': [404, 'There is nothing to review here.', '审核单不存在'],
  'review.decided': [409, 'This has been decided.', '该审核已处理'],
  'review.reason_missing': [422, 'Please say why.', '请填写驳回原因'],
})

const reading = {
  method: 'GET',
  can: 'platform.manage',
  scope: 'platform',
  rate: 'read',
  idempotency: 'safe',
  audit: 'none',
} as const

export const reviewApi = {
  queue: endpoint({
    ...reading,
    path: '/platform/reviews',
    summary: 'Products handed in for review, longest waiting first',
    query: object({ ...pageQuery, state: Type.Optional(oneOf(reviewStates)) }),
    reply: pageOf(ReviewCase),
    errors: [],
  }),
  view: endpoint({
    ...reading,
    path: '/platform/reviews/:id',
    summary: 'What was handed in, beside what buyers see now',
    params: ById,
    reply: object({
      case: ReviewCase,
      proposed: ProductPage,
      /** Null for a product that is new. */
      present: nullable(ProductPage),
    }),
    errors: ['review.not_found'],
  }),
  decide: endpoint({
    ...reading,
    method: 'PUT',
    rate: 'write',
    idempotency: 'natural',
    audit: 'write',
    path: '/platform/reviews/:id/decision',
    summary: 'Approve or reject; a rejection says why',
    params: ById,
    body: object({ isApproved: Type.Boolean(), reason: text(0, 200) }),
    reply: ReviewCase,
    errors: ['review.not_found', 'review.decided', 'review.reason_missing'],
  }),
}
