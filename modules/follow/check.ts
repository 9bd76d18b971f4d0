import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

/** How many findings one report names. */
const findingsMax = 100

type Drift = { subject: 'shop' | 'user'; id: Id; kept: number; counted: number }

/** Whether both counters, of shops and of people, are what the rows count. */
export async function check(db: Db): Promise<CheckReport> {
  const { rows } = await sql<Drift>`
    select * from (
      select 'shop' as subject, shop_id as id, follower_count as kept, (
        select count(*) from follow_follower where shop_id = shop.shop_id
      ) as counted from follow_shop shop
      union all
      select 'user', user_id, following_count, (
        select count(*) from follow_follower where user_id = person.user_id
      ) from follow_person person
    ) counters where kept <> counted order by id limit ${findingsMax}`.execute(db)
  const shops = await sql<{ count: number }>`select count(*) from follow_shop`.execute(db)
  return {
    ok: rows.length === 0,
    checks: [{ name: 'follow.counts', rows: shops.rows[0]?.count ?? 0 }],
    findings: rows.map(({ subject, id, kept, counted }) => ({
      check: 'follow.counts',
      subject: `${subject} ${id}`,
      expected: `${counted} by the rows`,
      found: String(kept),
    })),
  }
}
