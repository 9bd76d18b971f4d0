import type { Handlers } from '@kaibo/contract/core/handlers'
import type { ledgerApi } from '@kaibo/contract/trade/ledger'
import { balance, checkEverything, type LedgerNeeds } from './ledger.ts'

export const createHandlers = (needs: LedgerNeeds): Handlers<typeof ledgerApi> => ({
  balance: async ({ actor }, { shopId }) => balance(needs, actor, shopId),
  check: async ({ actor }) => checkEverything(needs, actor),
})
