import type { CheckFinding, CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Stock } from '@kaibo/modules/stock'
import { sql } from 'kysely'

/** How many findings one report names, and how many items it looks at: the newest sales first. */
const findingsMax = 100
const itemsMax = 10_000

type ItemFacts = {
  saleId: Id
  skuId: Id
  state: string
  quota: number
  soldCount: number
}

/** Whether every pool holds its quota less what was sold, and nothing before and after its sale. */
export async function check(stock: Pick<Stock, 'poolLevels'>, db: Db): Promise<CheckReport> {
  const { rows } = await sql<ItemFacts>`
    select sale.id as "saleId", sku_id as "skuId", state, quota,
      (select coalesce(sum(quantity), 0) from flashsale_use
        where item_id = item.id and not is_released)::bigint as "soldCount"
    from flashsale_item item join flashsale_activity sale on sale.id = item.activity_id
    order by sale.created_at desc, item.id limit ${itemsMax}`.execute(db)
  const levels = await stock.poolLevels(db, [...new Set(rows.map(row => row.saleId))])
  const left = new Map(levels.map(each => [`${each.poolId} ${each.skuId}`, each.available]))
  const findings = rows.flatMap((row): CheckFinding[] => {
    const available = left.get(`${row.saleId} ${row.skuId}`) ?? 0
    const expected = row.state === 'running' ? row.quota - row.soldCount : 0
    if (available === expected) return []
    const subject = `sku ${row.skuId} in sale ${row.saleId}, ${row.state}`
    return [
      {
        check: 'flashsale.pools',
        subject,
        expected: `${expected} free: quota ${row.quota}, sold ${row.soldCount}`,
        found: `${available} free`,
      },
    ]
  })
  return {
    ok: findings.length === 0,
    checks: [{ name: 'flashsale.pools', rows: rows.length }],
    findings: findings.slice(0, findingsMax),
  }
}
