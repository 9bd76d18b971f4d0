import type { CheckFinding, CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import { sql } from 'kysely'

/** How many findings one report names. */
const findingsMax = 100

type Sum = {
  number: string
  itemsFen: number
  shippingFen: number
  payableFen: number
  linesFen: number
}

/** Whether every order costs what its lines cost, plus shipping. */
export async function check(db: Db): Promise<CheckReport> {
  const { rows } = await sql<Sum>`
    select number, items_fen as "itemsFen", shipping_fen as "shippingFen",
      payable_fen as "payableFen", lines.fen as "linesFen"
    from order_header, lateral (
      select coalesce(sum(line.payable_fen), 0)::bigint as fen
      from order_line line where line.order_id = order_header.id
    ) lines
    where items_fen <> lines.fen or payable_fen <> items_fen + shipping_fen
    order by number limit ${findingsMax}`.execute(db)
  const counted = await sql<{ orderCount: number }>`
    select count(*) as "orderCount" from order_header`.execute(db)
  return {
    ok: rows.length === 0,
    checks: [{ name: 'order.totals', rows: counted.rows[0]?.orderCount ?? 0 }],
    findings: rows.map(explain),
  }
}

const explain = ({ number, itemsFen, shippingFen, payableFen, linesFen }: Sum): CheckFinding => ({
  check: 'order.totals',
  subject: `order ${number}`,
  expected: `items ${linesFen} fen by its lines, payable ${linesFen + shippingFen} fen`,
  found: `items ${itemsFen} fen, payable ${payableFen} fen`,
})
