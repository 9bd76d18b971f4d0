import type { CheckFinding, CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import * as codes from './code-store.ts'
import type { VirtualNeeds } from './needs.ts'

/**
 * Whether stock and codes agree: what can be ordered is covered by free codes, and no free code is
 * outside the stock. Between payment and dispatch of a mixed parcel a code is given while its piece
 * still counts as on hand, so the two numbers bound it from both sides.
 */
export async function check({ stock }: Pick<VirtualNeeds, 'stock'>, db: Db): Promise<CheckReport> {
  const counts = await codes.freeCounts(db)
  const levels = await stock.levelsBySku(
    db,
    counts.map(count => count.skuId),
  )
  const findings = counts.flatMap(({ skuId, freeCount }): CheckFinding[] => {
    const { available = 0, onHand = 0 } = levels.get(skuId) ?? {}
    if (available <= freeCount && freeCount <= onHand) return []
    return [
      {
        check: 'virtual.codes',
        subject: `sku ${skuId}`,
        expected: `${freeCount} free codes to lie between available and on hand`,
        found: `available ${available}, on hand ${onHand}`,
      },
    ]
  })
  return {
    ok: findings.length === 0,
    checks: [{ name: 'virtual.codes', rows: counts.length }],
    findings,
  }
}
