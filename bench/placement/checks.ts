import { readWhole } from '@kaibo/db/read-whole'
import type { SoldSku } from '@kaibo/testkit/commerce'
import type { Site } from './site.ts'

type Counts = { orders: number; lines: number; movements: number; pieces: number; most: number }

/** Whether everything about a SKU adds up. Throws when not. */
export async function checkSku(
  { database }: Site,
  sku: SoldSku,
  expected: { stock: number; ackedCount: number; limit: number },
): Promise<void> {
  const [counts] = await database.query<Counts & { onHand: number; reserved: number }>(
    '',
    `select count(distinct header.id) as orders, count(*) as lines,
       coalesce(sum(line.quantity), 0)::bigint as pieces,
       (select count(*) from stock_movement where sku_id = $1 and reason = 'hold') as movements,
       (select coalesce(max(sum), 0)::bigint from (
          select sum(quantity) from order_line line join order_header on order_header.id = order_id
          where sku_id = $1 group by buyer_id) per_buyer) as most,
       (select on_hand from stock_level where sku_id = $1) as "onHand",
       (select reserved from stock_level where sku_id = $1) as reserved
     from order_line line join order_header header on header.id = order_id where sku_id = $1`,
    [sku.id],
  )
  const { stock, ackedCount, limit } = expected
  const isRight =
    counts &&
    counts.onHand === stock &&
    counts.reserved === counts.pieces &&
    counts.pieces <= stock &&
    counts.orders === ackedCount &&
    counts.lines === ackedCount &&
    counts.movements === ackedCount &&
    counts.most <= limit
  if (!isRight) throw new Error(`it does not add up: ${JSON.stringify({ ...counts, ...expected })}`)
}

/** Whether every level and every order is explained. Throws when not. */
export async function checkAll({ database, market }: Site): Promise<void> {
  const reports = await readWhole(database.db, async tx => [
    await market.stock.check(tx),
    await market.order.check(tx),
  ])
  const findings = reports.flatMap(report => report.findings)
  if (findings.length > 0) throw new Error(`it does not add up: ${JSON.stringify(findings[0])}`)
}
