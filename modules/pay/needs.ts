import { fail } from '@kaibo/contract/core/fail'
import type { Database } from '@kaibo/db/database'
import type { Log } from '@kaibo/db/log'
import type { Ledger } from '@kaibo/modules/ledger'
import type { Orders } from '@kaibo/modules/order'
import type { PaymentGateway } from './gateway.ts'

export type PayNeeds = {
  readonly database: Database
  readonly log: Log
  readonly order: Pick<Orders, 'forPayment' | 'markPaid' | 'paidTotals'>
  readonly ledger: Pick<Ledger, 'move' | 'accounts' | 'amountsByKey'>
  readonly gateways: readonly PaymentGateway[]
  /** Where channels reach us. */
  readonly callbackUrl: string
}

/** The gateway of a channel. Throws `pay.channel_unknown`. */
export function gatewayOf({ gateways }: Pick<PayNeeds, 'gateways'>, channel: string) {
  const gateway = gateways.find(candidate => candidate.id === channel)
  if (!gateway) throw fail('pay.channel_unknown')
  return gateway
}
