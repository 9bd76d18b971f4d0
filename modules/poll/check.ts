import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

/** How many findings one report names, and how many polls it looks at: the newest first. */
const findingsMax = 100
const pollsMax = 1_000

type Tallied = { pollId: Id; option: number; kept: number; counted: number }

/** Whether tallies are what the votes are. */
export async function check(db: Db): Promise<CheckReport> {
  const { rows } = await sql<Tallied>`
    with recent as (select id from poll order by created_at desc limit ${pollsMax}),
    votes as (
      select poll_id, option, count(*)::int as counted
      from recent join poll_vote on poll_id = id group by poll_id, option
    )
    select poll_id as "pollId", option, vote_count as kept,
      coalesce(counted, 0) as counted
    from recent join poll_tally tally on tally.poll_id = id
      left join votes using (poll_id, option)
    order by poll_id, option`.execute(db)
  const wrong = rows.filter(({ kept, counted }) => kept !== counted)
  return {
    ok: wrong.length === 0,
    checks: [{ name: 'poll.tallies', rows: rows.length }],
    findings: wrong.slice(0, findingsMax).map(({ pollId, option, kept, counted }) => ({
      check: 'poll.tallies',
      subject: `option ${option} of poll ${pollId}`,
      expected: `${counted} votes`,
      found: String(kept),
    })),
  }
}
