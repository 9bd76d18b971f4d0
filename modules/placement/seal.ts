import type { Order, OrderLine } from '@kaibo/contract/trade/order'
import { orderLife } from '@kaibo/contract/trade/order-life'
import { must } from '@kaibo/kernel/invariant'
import type { PlainReceiver } from '@kaibo/modules/account'
import type { Orders } from '@kaibo/modules/order'
import type { Decision } from './decide.ts'
import type { Numbered } from './numbers.ts'
import type { Draft, DraftLine } from './store.ts'

export type SealNeeds = {
  order: Pick<Orders, 'sealReceiver'>
  /** How long an order waits for its payment (R1: 15–30 min). */
  payWindowSec: number
}

/** Gives decided orders all that is no decision: numbers, and what is kept sealed. */
export function sealed(
  { order, payWindowSec }: SealNeeds,
  checkout: { decision: Decision; requestHash: string; numbers: readonly Numbered[] },
): Draft[] {
  const { decision, requestHash, numbers } = checkout
  const { receiver } = decision
  const receiverSealed = receiver ? order.sealReceiver(receiver) : null
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
  { lines, shopId, payWindowSec, ...draft }: Draft,
  facts: { at: Date; now: Date; receiver: PlainReceiver | null; shopName: string },
): Order {
  const { at, now, receiver, shopName } = facts
  const { requestHash: _hash, buyerId: _buyer, receiverSealed: _sealed, ...rest } = draft
  return {
    ...rest,
    state: orderLife.initial,
    closeReason: null,
    shop: { id: shopId, name: shopName },
    lines: lines.map(shown),
    receiver: receiver && { name: receiver.name, phone: receiver.phone, address: receiver.address },
    merchantNote: '',
    merchantFlag: 'none',
    parcels: [],
    createdAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + payWindowSec * 1_000).toISOString(),
    paidAt: null,
    shippedAt: null,
    receiptDueAt: null,
    isReceiptExtended: false,
    completedAt: null,
    closedAt: null,
    now: now.toISOString(),
  }
}

const shown = ({
  poolId: _pool,
  limits: _limits,
  versionId: _version,
  takeRateBps: _rate,
  ...line
}: DraftLine): OrderLine => ({ ...line, shippedQuantity: 0 })
