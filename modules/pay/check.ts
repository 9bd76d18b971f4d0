import type { CheckFinding, CheckReport } from '@kaibo/contract/ledger'
import type { Db } from '@kaibo/db/database'
import type { BillRow, PaymentGateway } from './gateway.ts'
import * as store from './store.ts'

const pageSize = 500
const pagesMax = 2_000
const findingsMax = 100

/** Compares a channel's own books with ours, row by row in the order of trade numbers. */
export async function checkChannel(db: Db, gateway: PaymentGateway): Promise<CheckReport> {
  const check = `receipts of ${gateway.id} equal payments`
  const findings: CheckFinding[] = []
  const theirs = rowsOf(
    after => gateway.bill({ after, limit: pageSize }),
    row => row.tradeNo,
  )
  const ours = rowsOf(
    after => store.books(db, { channel: gateway.id, after, limit: pageSize }),
    row => row.trade_no,
  )
  let rows = 0
  let their = await theirs.next()
  let our = await ours.next()
  while (!their.done || !our.done) {
    rows++
    const finding = compare(our.done ? null : our.value, their.done ? null : their.value)
    if (finding.differs && findings.length < findingsMax) findings.push({ check, ...finding.text })
    if (finding.take !== 'theirs') our = await ours.next()
    if (finding.take !== 'ours') their = await theirs.next()
  }
  return { ok: findings.length === 0, checks: [{ name: check, rows }], findings }
}

function compare(our: store.BookRow | null, their: BillRow | null) {
  const ourNo = our?.trade_no ?? '\uffff'
  const theirNo = their?.tradeNo ?? '\uffff'
  const take = ourNo === theirNo ? 'both' : ourNo < theirNo ? 'ours' : 'theirs'
  const found = take === 'theirs' ? 'nothing' : `${our?.amount_fen} fen ${our?.state}`
  const expected = take === 'ours' ? 'nothing' : `${their?.amountFen} fen ${their?.state}`
  const subject = take === 'theirs' ? theirNo : ourNo
  return { take, differs: !agree(found, expected), text: { subject, expected, found } } as const
}

/** A refund that the channel made and we have not heard of yet is still under way. */
const agree = (found: string, expected: string) =>
  found === expected ||
  found.replace('refunding', 'paid') === expected ||
  found.replace('refunding', 'refunded') === expected

async function* rowsOf<R>(page: (after: string | null) => Promise<R[]>, keyOf: (row: R) => string) {
  let after: string | null = null
  for (let number = 0; number < pagesMax; number++) {
    const rows = await page(after)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    after = keyOf(last)
  }
}
