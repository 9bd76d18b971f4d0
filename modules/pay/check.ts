import { setTimeout as delay } from 'node:timers/promises'
import type { CheckFinding, CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import { isFailure } from '@kaibo/kernel/fail'
import type { PaidTotal } from '@kaibo/modules/order'
import type { BillRow, PaymentGateway } from './gateway.ts'
import { pageMax as limit, pagesOf, type Source, sideBySide } from './merge.ts'
import type { PayNeeds } from './needs.ts'
import { agree, isBooked, type Said } from './rules.ts'
import * as shares from './share-store.ts'
import * as store from './store.ts'

/** Findings listed per comparison. */
const findingsMax = 100

type Difference = Omit<CheckFinding, 'check'>
type Look = { rows: number; differences: Difference[] }

/** Whether the books of each channel, our payments, their journals and paid orders say the same. */
export async function check(needs: PayNeeds, db: Db): Promise<CheckReport> {
  const looks = [
    { name: 'pay.orders', look: () => lookAtOrders(needs, db) },
    ...needs.gateways.flatMap(gateway => [
      { name: `pay.receipts.${gateway.id}`, look: () => lookAtReceipts(db, gateway) },
      { name: `pay.journals.${gateway.id}`, look: () => lookAtJournals(needs, db, gateway.id) },
    ]),
  ]
  const seen = await Promise.all(
    looks.map(async ({ name, look }) => ({ name, ...(await twice(look)) })),
  )
  const findings = seen.flatMap(({ name, differences }) =>
    differences.map(difference => ({ check: name, ...difference })),
  )
  const checks = seen.map(({ name, rows }) => ({ name, rows }))
  return { ok: findings.length === 0, checks, findings }
}

/** How long what is under way gets to arrive before it counts. */
const arrivalMs = 1_000

/** Money moves while we count: only what differs in the same way a moment later is a finding. */
async function twice(look: () => Promise<Look>): Promise<Look> {
  const first = await look()
  if (first.differences.length === 0) return first
  const known = new Set(first.differences.map(each => JSON.stringify(each)))
  await delay(arrivalMs)
  const { rows, differences } = await look()
  return { rows, differences: differences.filter(each => known.has(JSON.stringify(each))) }
}

const say = (amountFen: number, returnedFen: number) =>
  `${amountFen} fen paid${returnedFen > 0 ? `, ${returnedFen} fen returned` : ''}`
const sayTheirs = (row: BillRow | undefined) =>
  row ? say(row.amountFen, row.refundedFen) : 'nothing'
const sayOurs = (row: Said | undefined) =>
  row?.state === 'paid' ? say(row.amountFen, row.refundedFen) : 'nothing'

/** The channel's own books against our payments. */
async function lookAtReceipts(db: Db, gateway: PaymentGateway): Promise<Look> {
  const look: Look = { rows: 0, differences: [] }
  const ours: Source<store.BookRow> = {
    keyOf: payment => payment.tradeNo,
    page: after => store.books(db, { channel: gateway.id, after, limit }),
  }
  const theirs: Source<BillRow> = {
    keyOf: trade => trade.tradeNo,
    page: after => gateway.bill({ after, limit }),
  }
  try {
    for await (const { key, left, right } of sideBySide(ours, theirs)) {
      look.rows++
      if (!agree(left, right))
        note(look, { subject: `trade ${key}`, expected: sayTheirs(right), found: sayOurs(left) })
    }
  } catch (error) {
    if (!isFailure(error, 'pay.channel_down')) throw error
    note(look, { subject: `channel ${gateway.id}`, expected: 'its books', found: 'no answer' })
  }
  return look
}

/** What orders took against its journals, which are read later: what we saw must be booked. */
async function lookAtJournals(needs: PayNeeds, db: Db, channel: string): Promise<Look> {
  const look: Look = { rows: 0, differences: [] }
  const booked = pagesOf({
    keyOf: (share: shares.ShareRow) => share.id,
    page: afterId => shares.bookedShares(db, { channel, afterId, limit }),
  })
  for await (const page of booked) {
    const keys = page.flatMap(({ id }) => [`pay:${id}`, `refund:${id}`])
    const journals = await needs.ledger.amountsByKey(db, keys)
    for (const share of page) {
      look.rows++
      const [pay, refund] = [journals.get(`pay:${share.id}`), journals.get(`refund:${share.id}`)]
      if (isBooked(share, { pay, refund })) continue
      const expected = `${share.amountFen} fen ${share.state}`
      const found = `${pay ?? 'nothing'} taken, ${refund ?? 'nothing'} returned`
      note(look, { subject: `order ${share.orderId}`, expected, found })
    }
  }
  return look
}

/** Orders that were paid and not cancelled against the payments that paid them. */
async function lookAtOrders({ order }: PayNeeds, db: Db): Promise<Look> {
  const look: Look = { rows: 0, differences: [] }
  const payments: Source<shares.ShareRow> = {
    keyOf: share => share.orderId,
    page: afterId => shares.paidByOrder(db, { afterId, limit }),
  }
  const orders: Source<PaidTotal> = {
    keyOf: total => total.orderId,
    page: afterId => order.paidTotals(db, { afterId, limit }),
  }
  for await (const { key, left, right } of sideBySide(payments, orders)) {
    look.rows++
    if (left?.amountFen === right?.payableFen) continue
    const expected = `${right?.payableFen ?? 0} fen by the order`
    note(look, { subject: `order ${key}`, expected, found: `${left?.amountFen ?? 0} fen paid` })
  }
  return look
}

function note({ differences }: Look, difference: Difference): void {
  if (differences.length < findingsMax) differences.push(difference)
}
