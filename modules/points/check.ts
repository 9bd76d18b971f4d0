import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

/** How many findings one report names. */
const findingsMax = 100

type Drift = { userId: Id; balance: number; logged: number; left: number }

/** Whether every balance is the sum of its log, and of what is left in its lots. */
export async function check(db: Db): Promise<CheckReport> {
  const { rows } = await sql<Drift>`
    select user_id as "userId", balance, logged.points as logged, lots.points as left
    from points_account account, lateral (
      select coalesce(sum(delta), 0)::bigint as points from points_entry
      where user_id = account.user_id
    ) logged, lateral (
      select coalesce(sum(left_points), 0)::bigint as points from points_lot
      where user_id = account.user_id
    ) lots
    where balance <> logged.points or balance <> lots.points
    order by user_id limit ${findingsMax}`.execute(db)
  const counted = await sql<{ accountCount: number }>`
    select count(*) as "accountCount" from points_account`.execute(db)
  return {
    ok: rows.length === 0,
    checks: [{ name: 'points.balances', rows: counted.rows[0]?.accountCount ?? 0 }],
    findings: rows.map(({ userId, balance, logged, left }) => ({
      check: 'points.balances',
      subject: `user ${userId}`,
      expected: `${logged} points by the log, ${left} left in lots`,
      found: `${balance} points`,
    })),
  }
}
