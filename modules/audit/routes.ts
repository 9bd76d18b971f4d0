import type { Handlers } from '@kaibo/contract/core/handlers'
import type { auditApi } from '@kaibo/contract/people/audit'
import { type AuditNeeds, listEntries } from './audit.ts'

export const createHandlers = (needs: AuditNeeds): Handlers<typeof auditApi> => ({
  list: async (ctx, filter) => listEntries(needs, ctx.actor, filter),
})
