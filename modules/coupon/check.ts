import type { CheckFinding, CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import { sql } from 'kysely'

/** How many findings of a kind one report names. */
const findingsMax = 100

type Finding = Pick<CheckFinding, 'subject' | 'expected' | 'found'>

/** Whether as many copies exist as were counted, and whether who holds a copy uses it. */
export async function check(db: Db): Promise<CheckReport> {
  const issued = await sql<Finding>`
    select 'coupon ' || template.id as subject,
      copies.count || ' copies, ' || claims.count || ' claimed' as expected,
      issued_count || ' issued of ' || total_count as found
    from coupon_template template, lateral (
      select count(*) from coupon_copy where template_id = template.id
    ) copies, lateral (
      select coalesce(sum(claimed_count), 0) as count from coupon_claim
      where template_id = template.id
    ) claims
    where issued_count <> copies.count or issued_count <> claims.count
      or issued_count > total_count
    order by template.id limit ${findingsMax}`.execute(db)
  const held = await sql<Finding>`
    select 'copy ' || copy.id as subject, copy.state as found,
      'used by ' || uses.used || ' and held by ' || uses.locked || ' orders' as expected
    from coupon_copy copy, lateral (
      select count(*) filter (where state = 'locked') as locked,
        count(*) filter (where state = 'used') as used
      from coupon_use where copy_id = copy.id
    ) uses
    where copy.state <> case when uses.used > 0 then 'used'
      when uses.locked > 0 then 'locked' else 'usable' end
    order by copy.id limit ${findingsMax}`.execute(db)
  const { rows: counts } = await sql<{ templateCount: number; copyCount: number }>`
    select (select count(*) from coupon_template) as "templateCount",
      (select count(*) from coupon_copy) as "copyCount"`.execute(db)
  return {
    ok: issued.rows.length + held.rows.length === 0,
    checks: [
      { name: 'coupon.issued', rows: counts[0]?.templateCount ?? 0 },
      { name: 'coupon.copies', rows: counts[0]?.copyCount ?? 0 },
    ],
    findings: [
      ...issued.rows.map(finding => ({ check: 'coupon.issued', ...finding })),
      ...held.rows.map(finding => ({ check: 'coupon.copies', ...finding })),
    ],
  }
}
