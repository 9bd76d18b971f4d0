import type { Order, OrderLine } from '@kaibo/contract/order'
import { orderLife } from '@kaibo/contract/order-life'
import type { PersonalData } from '@kaibo/db/crypto'
import { must } from '@kaibo/kernel/invariant'
import { zeroFen } from '@kaibo/kernel/money'
import type { PlainReceiver } from '@kaibo/modules/account'
import { orderView, sealReceiver } from '../view.ts'
import type { Decision } from './decide.ts'
import type { Numbered } from './numbers.ts'
import type { Draft, DraftLine } from './store.ts'

export type SealNeeds = {
  personal: Pick<PersonalData, 'sealPersonal'>
  /** How long an order waits for its payment (R1: 15–30 min). */
  payWindowSec: number
}

/** Gives decided orders all that is no decision: numbers, and what is kept sealed. */
export function sealed(
  { personal, payWindowSec }: SealNeeds,
  checkout: { decision: Decision; requestHash: string; numbers: readonly Numbered[] },
): Draft[] {
  const { decision, requestHash, numbers } = checkout
  const { receiver } = decision
  const receiverSealed = receiver ? sealReceiver(personal, receiver) : null
  return decision.drafts.map((draft, at) => ({
    ...draft,
    number: must(numbers[at], 'a number each').number,
    requestHash,
    receiverSealed,
    payWindowSec,
  }))
}

/** An order that was placed just now, as its buyer will see it: what was written, read from memory. */
export function freshView(
  draft: Draft,
  facts: { at: Date; now: Date; receiver: PlainReceiver | null; shopName: string },
): Order {
  const { at, now, receiver, shopName } = facts
  const { lines, source, payWindowSec, ...rest } = draft
  const row = {
    ...rest,
    state: orderLife.initial,
    closeReason: null,
    merchantNote: '',
    merchantFlag: 'none' as const,
    sourceKind: source.kind,
    sourceId: source.id,
    createdAt: at,
    expiresAt: new Date(at.getTime() + payWindowSec * 1_000),
    paidAt: null,
    shippedAt: null,
    receiptDueAt: null,
    isReceiptExtended: false,
    shippingOffFen: zeroFen,
    completedAt: null,
    closedAt: null,
  }
  return orderView(row, {
    lines: lines.map(shown),
    receiver: receiver && { name: receiver.name, phone: receiver.phone, address: receiver.address },
    merchantNote: '',
    merchantFlag: 'none',
    parcels: [],
    shopName,
    now,
  })
}

const shown = ({
  poolId: _pool,
  limits: _limits,
  versionId: _version,
  takeRateBps: _rate,
  ...line
}: DraftLine): OrderLine => ({ ...line, shippedQuantity: 0 })
