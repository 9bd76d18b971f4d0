import type { Handlers } from '@kaibo/contract/core/handlers'
import type { auditApi } from '@kaibo/contract/people/audit'
import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import { type AuditNeeds, checkChain, createRecorder } from './audit.ts'
import { createHandlers } from './routes.ts'
import type { AuditFact } from './rules.ts'

export type { AuditFact, AuditNeeds }

export type Audit = {
  handlers: Handlers<typeof auditApi>
  /**
   * Appends a line; resolves when it is stored. Must not be awaited inside a transaction, because it
   * opens one. Secrets and personal data in `detail` are replaced.
   */
  record(fact: AuditFact): Promise<void>
  /** Verifies the hash chain. */
  check(db: Db): Promise<CheckReport>
}

export const createAudit = (needs: AuditNeeds): Audit => ({
  handlers: createHandlers(needs),
  record: createRecorder(needs),
  check: checkChain,
})
