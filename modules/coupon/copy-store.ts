import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'
import type { TermsRow } from './store.ts'

export type CopyRow = TermsRow & {
  id: Id
  templateId: Id
  userId: Id
  state: 'usable' | 'locked' | 'used'
  isExpired: boolean
  claimedAt: Date
  validFrom: Date
  validUntil: Date
}

const copies = (db: Db) =>
  db
    .selectFrom('coupon_copy as copy')
    .innerJoin('coupon_template as template', 'template.id', 'copy.template_id')
    .select([
      'copy.id',
      'copy.template_id as templateId',
      'copy.user_id as userId',
      sql<CopyRow['state']>`copy.state`.as('state'),
      sql<boolean>`copy.valid_until <= now()`.as('isExpired'),
      'copy.claimed_at as claimedAt',
      'copy.valid_from as validFrom',
      'copy.valid_until as validUntil',
      'template.shop_id as shopId',
      'template.title',
      sql<Fen | null>`template.off_fen`.as('offFen'),
      'template.off_bps as offBps',
      sql<Fen | null>`template.off_max_fen`.as('offMaxFen'),
      sql<Fen>`template.threshold_fen`.as('thresholdFen'),
      sql<TermsRow['scope']>`template.scope`.as('scope'),
      'template.scope_ids as scopeIds',
      'template.with_activity as withActivity',
    ])

export const copyById = (db: Db, id: Id): Promise<CopyRow | undefined> =>
  copies(db).where('copy.id', '=', id).executeTakeFirst()

export type CopyList = 'usable' | 'used' | 'expired'

/** Copies of a buyer. An unpaid order that holds one may still give it back, so it counts as usable. */
export function pageOfCopies(
  db: Db,
  { userId, state, ...page }: { userId: Id; state: CopyList } & PageQuery,
): Promise<Page<CopyRow>> {
  const mine = copies(db).where('copy.user_id', '=', userId)
  if (state === 'used')
    return pageBy(
      mine.where('copy.state', '=', 'used'),
      [
        ['copy.used_at', 'desc'],
        ['copy.id', 'desc'],
      ],
      page,
    )
  const unused = mine.where('copy.state', '<>', 'used')
  return state === 'usable'
    ? pageBy(
        unused.where(sql<boolean>`copy.valid_until > now()`),
        [
          ['copy.valid_until', 'asc'],
          ['copy.id', 'asc'],
        ],
        page,
      )
    : pageBy(
        unused.where(sql<boolean>`copy.valid_until <= now()`),
        [
          ['copy.valid_until', 'desc'],
          ['copy.id', 'desc'],
        ],
        page,
      )
}

/** How many of the coupons that are open now a buyer has claimed. */
export async function claimCounts(
  db: Db,
  { userId, limit }: { userId: Id; limit: number },
): Promise<{ templateId: Id; count: number }[]> {
  const { rows } = await sql<{ templateId: Id; count: number }>`
    select template_id as "templateId", claimed_count as count
    from coupon_claim join coupon_template on id = template_id
    where user_id = ${userId} and not is_stopped and claim_until > now()
    order by claim_until limit ${limit}`.execute(db)
  return rows
}

/** Writes a copy dated by the database; false when its id is taken. */
export async function insertCopy(
  tx: Tx,
  { id, templateId, userId }: { id: Id; templateId: Id; userId: Id },
): Promise<boolean> {
  const { rows } = await sql`
    insert into coupon_copy (id, template_id, user_id, valid_from, valid_until)
    select ${id}, id, ${userId}, coalesce(valid_from, now()),
      coalesce(valid_until, now() + make_interval(days => valid_days))
    from coupon_template where id = ${templateId}
    on conflict (id) do nothing returning id`.execute(tx)
  return rows.length > 0
}

/** Counts one more for a person; false when that is one too many. */
export async function countForPerson(
  tx: Tx,
  { templateId, userId }: { templateId: Id; userId: Id },
): Promise<boolean> {
  const { rows } = await sql`
    insert into coupon_claim as mine (template_id, user_id, claimed_count)
    values (${templateId}, ${userId}, 1)
    on conflict (template_id, user_id) do update set claimed_count = mine.claimed_count + 1
    where mine.claimed_count < (select per_person_max from coupon_template where id = ${templateId})
    returning 1`.execute(tx)
  return rows.length > 0
}

/**
 * Counts one more issued; false when all are, or when the coupon is not open. The last statement of
 * a claim: everybody queues here, so the lock is held for a commit and nothing else.
 */
export async function countIssued(tx: Tx, templateId: Id): Promise<boolean> {
  const { rows } = await sql`
    update coupon_template set issued_count = issued_count + 1
    where id = ${templateId} and issued_count < total_count
      and not is_stopped and claim_from <= now() and now() < claim_until
    returning 1`.execute(tx)
  return rows.length > 0
}
