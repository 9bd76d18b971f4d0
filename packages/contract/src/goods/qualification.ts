import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import {
  ById,
  ByShop,
  ByShopAndId,
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

/** The shop is warned so long before a document ends. */
export const expiryWarningDays = 30
export const documentsPerShopMax = 200

/** As the platform judged it. */
export const documentStates = ['pending', 'approved', 'rejected'] as const
/** As it counts today: `expiring` still does. */
export const documentStandings = ['pending', 'valid', 'expiring', 'expired', 'rejected'] as const

/** A calendar day in China: `2027-03-31`. */
export const Day = Type.String({ format: 'date' })

const writeFields = {
  typeId: Id,
  /** The number on the paper. */
  number: text(1, 60),
  /** Pictures of it. */
  fileIds: Type.Array(Id, { minItems: 1, maxItems: 5 }),
  /** The last day on which it is good; null = it does not end. */
  expiresOn: nullable(Day),
}

export const QualificationDocument = named('QualificationDocument', {
  id: Id,
  shop: object({ id: Id, name: Type.String() }),
  ...writeFields,
  typeName: Type.String(),
  fileUrls: Type.Array(Type.String()),
  standing: oneOf(documentStandings),
  /** Why it was rejected. */
  reason: Type.String(),
  /** Until it ends; negative when it has. */
  daysLeft: nullable(Type.Integer()),
  createdAt: Instant,
})
export type QualificationDocument = Static<typeof QualificationDocument>

export const qualificationErrors = errors({
  'qualification.not_found': [404, 'This document does not exist.', '资质不存在'],
  'qualification.expired': [422, 'This document is out of date already.', '该资质已过期'],
  'qualification.too_many': [409, 'There can be no more documents.', '资质数量已达上限'],
  'qualification.unknown_type': [422, 'There is no such kind of document.', '资质类型不存在'],
  'qualification.decided': [409, 'This has been decided.', '该申请已处理'],
})

const ofShop = { scope: 'shop', rate: 'write', idempotency: 'natural', audit: 'write' } as const
const ofPlatform = { ...ofShop, can: 'platform.manage', scope: 'platform' } as const

export const qualificationApi = {
  list: endpoint({
    method: 'GET',
    path: '/shops/:shopId/qualifications',
    summary: 'The documents of my shop, newest first',
    can: 'catalog.read',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShop,
    query: object(pageQuery),
    reply: pageOf(QualificationDocument),
    errors: [],
  }),
  submit: endpoint({
    ...ofShop,
    can: 'catalog.manage',
    method: 'POST',
    path: '/shops/:shopId/qualifications',
    summary: 'Hand in a document; the body carries its id',
    params: ByShop,
    body: object({ id: Id, ...writeFields }),
    reply: QualificationDocument,
    errors: [
      'qualification.expired',
      'qualification.too_many',
      'qualification.unknown_type',
      'file.not_found',
    ],
  }),
  withdraw: endpoint({
    ...ofShop,
    can: 'catalog.manage',
    method: 'DELETE',
    path: '/shops/:shopId/qualifications/:id',
    summary: 'Take a document back; goods that need it leave the shelf',
    params: ByShopAndId,
    reply: Done,
    errors: ['qualification.not_found'],
  }),
  queue: endpoint({
    method: 'GET',
    path: '/platform/qualifications',
    summary: 'Documents of all shops, newest first',
    can: 'platform.manage',
    scope: 'platform',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    query: object({ ...pageQuery, state: Type.Optional(oneOf(documentStates)) }),
    reply: pageOf(QualificationDocument),
    errors: [],
  }),
  decide: endpoint({
    ...ofPlatform,
    method: 'PUT',
    path: '/platform/qualifications/:id/decision',
    summary: 'Approve or reject a document',
    params: ById,
    body: object({ isApproved: Type.Boolean(), reason: text(0, 200) }),
    reply: QualificationDocument,
    errors: ['qualification.not_found', 'qualification.decided'],
  }),
}
