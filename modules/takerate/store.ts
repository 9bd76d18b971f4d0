import type { NewTakeRate, TakeRateState } from '@kaibo/contract/offer/takerate'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'
import type { RateAsk, RateRule } from './rules.ts'

export type RuleRow = {
  id: Id
  shopId: Id | null
  categoryId: Id | null
  rateBps: number | null
  effectiveFrom: Date
  note: string
  createdBy: Id | null
  createdAt: Date
  state: TakeRateState
}

/** The rules in effect that could be about these sales, one for each shop and category. */
export async function rulesFor(db: Db, asks: readonly RateAsk[]): Promise<RateRule[]> {
  const shopIds = [...new Set(asks.map(ask => ask.shopId))]
  const categoryIds = [...new Set(asks.flatMap(ask => ask.categoryIds))]
  const { rows } = await sql<RateRule>`
    select "shopId", "categoryId", "rateBps" from (
      select distinct on (shop_id, category_id)
        shop_id as "shopId", category_id as "categoryId", rate_bps as "rateBps"
      from takerate_rule
      where effective_from <= now()
        and (shop_id is null or shop_id = any(${shopIds}::uuid[]))
        and (category_id is null or category_id = any(${categoryIds}::uuid[]))
      order by shop_id, category_id, effective_from desc
    ) latest
    where "rateBps" is not null`.execute(db)
  return rows
}

const stateOf = sql<TakeRateState>`case
  when takerate_rule.effective_from > now() then 'planned'
  when exists (
    select from takerate_rule later
    where later.shop_id is not distinct from takerate_rule.shop_id
      and later.category_id is not distinct from takerate_rule.category_id
      and later.effective_from > takerate_rule.effective_from
      and later.effective_from <= now()
  ) then 'past'
  else 'current' end`

const rules = (db: Db) =>
  db
    .selectFrom('takerate_rule')
    .select([
      'id',
      'shop_id as shopId',
      'category_id as categoryId',
      'rate_bps as rateBps',
      'effective_from as effectiveFrom',
      'note',
      'created_by as createdBy',
      'created_at as createdAt',
      stateOf.as('state'),
    ])

/** All rules, the latest first. */
export function pageOfRules(
  db: Db,
  q: { state?: TakeRateState | undefined; shopId?: Id | undefined; page: PageQuery },
): Promise<Page<RuleRow>> {
  let query = rules(db)
  if (q.state) query = query.where(stateOf, '=', q.state)
  if (q.shopId) query = query.where('shop_id', '=', q.shopId)
  const latestFirst = [
    ['effective_from', 'desc'],
    ['id', 'desc'],
  ] as const
  return pageBy(query, latestFirst, q.page)
}

export const ruleById = (db: Db, id: Id): Promise<RuleRow | undefined> =>
  rules(db).where('id', '=', id).executeTakeFirst()

/** Adds a rule. False when its id is in use, or another one begins at the same moment. */
export async function insertRule(
  tx: Tx,
  rule: Omit<NewTakeRate, 'effectiveFrom'> & { effectiveFrom: Date | null; createdBy: Id | null },
): Promise<boolean> {
  const { rows } = await sql`
    insert into takerate_rule (id, shop_id, category_id, rate_bps, effective_from, note, created_by)
    values (${rule.id}, ${rule.shopId}, ${rule.categoryId}, ${rule.rateBps},
      coalesce(${rule.effectiveFrom}::timestamptz, date_trunc('milliseconds', now())), ${rule.note}, ${rule.createdBy})
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

/** Whether a moment is over already, by the clock of the database; a minute is forgiven. */
export async function isOver(db: Db, instant: Date): Promise<boolean> {
  const { rows } = await sql<{ isOver: boolean }>`
    select ${instant}::timestamptz < now() - interval '1 minute' as "isOver"`.execute(db)
  return rows[0]?.isOver ?? false
}

/** Takes back a rule that has not begun; false when it has, or never was. */
export async function deletePlanned(tx: Tx, id: Id): Promise<boolean> {
  const { rows } = await sql`
    delete from takerate_rule where id = ${id} and effective_from > now() returning id`.execute(tx)
  return rows.length > 0
}
