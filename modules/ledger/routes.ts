import type { Handlers } from '@kaibo/contract/handlers'
import type { ledgerApi } from '@kaibo/contract/ledger'
import type { LedgerNeeds } from './index.ts'
import type { createLedgerUseCases } from './ledger.ts'

export const ledgerHandlers = (
  ledger: ReturnType<typeof createLedgerUseCases>,
  needs: LedgerNeeds,
): Handlers<typeof ledgerApi> => ({
  balance: ({ actor }, { shopId }) => ledger.balance(actor, shopId),
  check: () => needs.checkAll(needs.database.db),
})
