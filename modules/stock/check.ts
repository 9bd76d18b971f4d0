import type { CheckFinding, CheckReport } from '@kaibo/contract/ledger'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import { shelfId } from './rules.ts'

type Drift = {
  skuId: Id
  poolId: Id
  onHand: number
  reserved: number
  /** What the log says the level must be. */
  loggedOnHand: number
  loggedReserved: number
  /** What orders hold that neither gave back nor left. */
  openHolds: number
  /** The first movement that does not continue from the one before it. */
  brokenAt: number | null
}

/** Levels that their log does not explain, worst first. */
async function findDrift(db: Db, limit: number): Promise<Drift[]> {
  const { rows } = await sql<Drift>`
    with chained as (
      select *,
        on_hand_after - on_hand_delta <> coalesce(lag(on_hand_after) over log, 0)
          or reserved_after - reserved_delta <> coalesce(lag(reserved_after) over log, 0)
          as is_broken
      from stock_movement
      window log as (partition by sku_id, pool_id order by sequence)
    ), logged as (
      select sku_id, pool_id, sum(on_hand_delta)::bigint as on_hand, sum(reserved_delta)::bigint as reserved,
        min(sequence) filter (where is_broken) as broken_at
      from chained group by sku_id, pool_id
    ), open as (
      select held.sku_id, held.pool_id, sum(held.reserved_delta)::bigint as quantity
      from stock_movement held
      where held.reason = 'hold' and not exists (
        select from stock_movement ended
        where ended.cause_id = held.cause_id and ended.sku_id = held.sku_id
          and ended.pool_id = held.pool_id
          and ended.reason in ('release', 'ship'))
      group by held.sku_id, held.pool_id
    )
    select * from (
      select level.sku_id as "skuId", level.pool_id as "poolId", level.on_hand as "onHand", level.reserved,
        coalesce(logged.on_hand, 0) as "loggedOnHand",
        coalesce(logged.reserved, 0) as "loggedReserved",
        coalesce(open.quantity, 0) as "openHolds", logged.broken_at as "brokenAt"
      from stock_level level
      left join logged using (sku_id, pool_id)
      left join open using (sku_id, pool_id)
    ) compared
    where "onHand" <> "loggedOnHand" or reserved <> "loggedReserved" or reserved <> "openHolds"
      or "brokenAt" is not null
    order by abs("onHand" - "loggedOnHand") + abs(reserved - "openHolds") desc, "skuId", "poolId"
    limit ${limit}`.execute(db)
  return rows
}

/** How many levels without an explanation one report names. */
const findingsMax = 100

/** Compares every level with its log and with what orders hold, in one snapshot. */
export async function check(db: Db): Promise<CheckReport> {
  const drifts = await findDrift(db, findingsMax)
  const { rows } = await sql<{ levelCount: number }>`
    select count(*) as "levelCount" from stock_level`.execute(db)
  const checked = rows[0]?.levelCount ?? 0
  return {
    ok: drifts.length === 0,
    checks: [{ name: 'stock.levels', rows: checked }],
    findings: drifts.map(explain),
  }
}

function explain(drift: Drift): CheckFinding {
  const brokenAt = drift.brokenAt === null ? '' : `; the log breaks at #${drift.brokenAt}`
  const sku = `sku ${drift.skuId}`
  return {
    check: 'stock.levels',
    subject: drift.poolId === shelfId ? sku : `${sku} in pool ${drift.poolId}`,
    expected: `on hand ${drift.loggedOnHand}, reserved ${drift.loggedReserved} by movements; ${drift.openHolds} held by orders`,
    found: `on hand ${drift.onHand}, reserved ${drift.reserved}${brokenAt}`,
  }
}
