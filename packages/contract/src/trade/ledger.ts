import { type Static, Type } from 'typebox'
import { ByShop, Money, named, object } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'

export const ShopBalance = named('ShopBalance', {
  /** Paid by buyers, order not completed. */
  pendingFen: Money,
  /** Completed and owed to the shop. */
  availableFen: Money,
})
export type ShopBalance = Static<typeof ShopBalance>

/** One finding of a self-check: what should be equal, and both values. */
export const CheckFinding = named('CheckFinding', {
  check: Type.String(),
  subject: Type.String(),
  expected: Type.String(),
  found: Type.String(),
  /** What explains the difference, where that is known. */
  why: Type.Optional(Type.String()),
  /** What would repair it; nothing is ever repaired unasked. */
  repair: Type.Optional(Type.String()),
})
export type CheckFinding = Static<typeof CheckFinding>
export const CheckReport = named('CheckReport', {
  ok: Type.Boolean(),
  checks: Type.Array(object({ name: Type.String(), rows: Type.Integer() })),
  findings: Type.Array(CheckFinding),
})
export type CheckReport = Static<typeof CheckReport>

export const ledgerApi = {
  balance: endpoint({
    method: 'GET',
    path: '/shops/:shopId/balance',
    summary: 'What the platform holds for and owes to my shop',
    can: 'ledger.read',
    scope: 'shop',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ByShop,
    reply: ShopBalance,
    errors: [],
  }),
  check: endpoint({
    method: 'GET',
    path: '/platform/ledger-check',
    summary: 'Whether every journal sums to zero and receipts equal paid orders',
    can: 'platform.read',
    scope: 'platform',
    rate: 'write',
    idempotency: 'safe',
    audit: 'none',
    reply: CheckReport,
    errors: [],
  }),
}
