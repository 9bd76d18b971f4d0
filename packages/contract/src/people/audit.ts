import { type Static, Type } from 'typebox'
import { Id, Instant, named, nullable, object, pageOf, pageQuery } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'

export const AuditEntry = named('AuditEntry', {
  sequence: Type.Integer(),
  at: Instant,
  actorId: nullable(Id),
  /** `order.reveal`, `live.create` … : the endpoint's name. */
  action: Type.String(),
  subject: Type.String(),
  detail: Type.Record(Type.String(), Type.Unknown()),
  hash: Type.String(),
})
export type AuditEntry = Static<typeof AuditEntry>

export const auditApi = {
  list: endpoint({
    method: 'GET',
    path: '/platform/audit',
    summary: 'The audit log, newest first',
    can: 'platform.read',
    scope: 'platform',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    query: object({
      ...pageQuery,
      actorId: Type.Optional(nullable(Id)),
      shopId: Type.Optional(Id),
    }),
    reply: pageOf(AuditEntry),
    errors: [],
  }),
}
