import type { Edge } from '@kaibo/contract/core/edge'
import type { Database } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import { invariant } from '@kaibo/kernel/invariant'
import type { PaymentGateway } from '@kaibo/modules/pay'
import { createBank } from './bank.ts'
import { bankEdges } from './bank-edges.ts'
import { cashierEdges } from './cashier.ts'
import { createSandboxGateway } from './gateway.ts'
import { fetchInProcess } from './in-process.ts'
import { sendNotices } from './notifier.ts'
import { keyPairOf } from './signature.ts'

export type PaymentSandboxNeeds = {
  readonly database: Database
  readonly clock: Clock
  /** Derives 32 bytes for a purpose from the installation's master key. */
  readonly deriveKey: (purpose: string) => Buffer
  /** Where this server reaches itself: the bank lives behind HTTP like a real one. */
  readonly baseUrl: string
  /** False while no server runs: then the gateway hands its calls to the bank directly. */
  readonly isServing: boolean
  /** False in production mode unless demo parts are allowed: play money must not pay real orders. */
  readonly allowed: boolean
}

export type PaymentSandbox = {
  readonly gateway: PaymentGateway
  /** The bank's interface and its cashier pages, to be served by the server. */
  readonly edges: readonly Edge[]
  /** Sends the notifications that are due, and says how many; call it every second. */
  notify(): Promise<number>
}

/**
 * The embedded payment channel: a bank with its own keys, books, cashier page and signed, repeated
 * notifications on one side, and the adapter that talks to it over HTTP on the other.
 */
export function createPaymentSandbox(needs: PaymentSandboxNeeds): PaymentSandbox {
  invariant(needs.allowed, 'the sandbox channel is refused in production mode')
  const { database, clock, baseUrl } = needs
  const bankKeys = keyPairOf(needs.deriveKey('sandbox-bank'))
  const merchantKeys = keyPairOf(needs.deriveKey('sandbox-merchant'))
  const bank = createBank({ database, cashierSecret: needs.deriveKey('sandbox-cashier') })
  const calls = bankEdges({
    bank,
    clock,
    merchantKey: merchantKeys.publicKey,
    bankKey: bankKeys.privateKey,
  })
  const notify = () => sendNotices({ bank, clock, fetch, bankKey: bankKeys.privateKey })
  return {
    gateway: createSandboxGateway({
      clock,
      baseUrl,
      fetch: needs.isServing ? fetch : fetchInProcess(calls),
      merchantKey: merchantKeys.privateKey,
      bankKey: bankKeys.publicKey,
    }),
    edges: [
      ...calls,
      // The first notification leaves at once; its failure is picked up by the next round.
      ...cashierEdges(bank, () => void notify().catch(() => undefined)),
    ],
    notify,
  }
}
