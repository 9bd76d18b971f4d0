import type { CheckFinding, CheckReport } from '@kaibo/contract/ledger'
import type { Db } from '@kaibo/db/database'
import { sql } from 'kysely'

/** How many findings one report names. */
const findingsMax = 100

type Sum = { number: string; itemsFen: number; linesFen: number }

/** Whether every order costs what its lines cost. */
export async function check(db: Db): Promise<CheckReport> {
  const { rows } = await sql<Sum>`
    select number, items_fen as "itemsFen", coalesce(sum(line.payable_fen), 0)::bigint as "linesFen"
    from order_header left join order_line line on line.order_id = order_header.id
    group by order_header.id
    having items_fen <> coalesce(sum(line.payable_fen), 0)
      or payable_fen <> items_fen + shipping_fen
    order by number limit ${findingsMax}`.execute(db)
  const counted = await sql<{ orderCount: number }>`
    select count(*) as "orderCount" from order_header`.execute(db)
  return {
    ok: rows.length === 0,
    checks: [{ name: 'order.totals', rows: counted.rows[0]?.orderCount ?? 0 }],
    findings: rows.map(explain),
  }
}

const explain = ({ number, itemsFen, linesFen }: Sum): CheckFinding => ({
  check: 'order.totals',
  subject: `order ${number}`,
  expected: `${linesFen} fen by its lines, plus shipping`,
  found: `${itemsFen} fen`,
})
