import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

/** How many findings one report names. */
const findingsMax = 100

type Drift = { liveId: Id; kept: string; counted: string }

/** Whether the totals of rooms are what the marks count. */
export async function check(db: Db): Promise<CheckReport> {
  const { rows } = await sql<Drift>`
    select live_id as "liveId", concat(up_count, '/', down_count) as kept,
      concat(marks.up, '/', marks.down) as counted
    from attitude_total total, lateral (
      select count(*) filter (where mark = 'up') as up,
        count(*) filter (where mark = 'down') as down
      from attitude_mark where live_id = total.live_id
    ) marks
    where up_count <> marks.up or down_count <> marks.down
    order by live_id limit ${findingsMax}`.execute(db)
  const rooms = await sql<{ count: number }>`select count(*) from attitude_total`.execute(db)
  return {
    ok: rows.length === 0,
    checks: [{ name: 'attitude.totals', rows: rooms.rows[0]?.count ?? 0 }],
    findings: rows.map(({ liveId, kept, counted }) => ({
      check: 'attitude.totals',
      subject: `live ${liveId}`,
      expected: `${counted} by the marks`,
      found: kept,
    })),
  }
}
