import type {
  CouponOff,
  CouponScopeKind,
  CouponTemplate,
  NewCouponTemplate,
} from '@kaibo/contract/offer/coupon'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import { type Fen, fen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

/** The terms of a coupon as columns. */
export type TermsRow = {
  shopId: Id | null
  title: string
  offFen: Fen | null
  offBps: number | null
  offMaxFen: Fen | null
  thresholdFen: Fen
  scope: CouponScopeKind
  scopeIds: Id[]
  withActivity: boolean
}

export type TemplateRow = TermsRow & {
  id: Id
  validFrom: Date | null
  validUntil: Date | null
  validDays: number | null
  totalCount: number
  perPersonMax: number
  claimFrom: Date
  claimUntil: Date
  group: string
  code: string | null
  isStopped: boolean
  issuedCount: number
  createdAt: Date
  now: Date
}

/** What people hold of a template and what it saved. */
export type TemplateTotals = { lockedCount: number; usedCount: number; offFen: Fen }

const templates = (db: Db) =>
  db
    .selectFrom('coupon_template')
    .select([
      'id',
      'shop_id as shopId',
      'title',
      sql<Fen | null>`off_fen`.as('offFen'),
      'off_bps as offBps',
      sql<Fen | null>`off_max_fen`.as('offMaxFen'),
      sql<Fen>`threshold_fen`.as('thresholdFen'),
      sql<CouponScopeKind>`scope`.as('scope'),
      'scope_ids as scopeIds',
      'with_activity as withActivity',
      'valid_from as validFrom',
      'valid_until as validUntil',
      'valid_days as validDays',
      'total_count as totalCount',
      'per_person_max as perPersonMax',
      'claim_from as claimFrom',
      'claim_until as claimUntil',
      'stack_group as group',
      'code',
      'is_stopped as isStopped',
      'issued_count as issuedCount',
      'created_at as createdAt',
      sql<Date>`now()`.as('now'),
    ])

export const templateById = (db: Db, id: Id): Promise<TemplateRow | undefined> =>
  templates(db).where('id', '=', id).executeTakeFirst()

export const templateByCode = (db: Db, code: string): Promise<TemplateRow | undefined> =>
  templates(db).where('code', '=', code).executeTakeFirst()

/** Coupons to claim now that are shown to everybody, those that end first in front. */
export const openTemplates = (
  db: Db,
  { shopId, limit }: { shopId: Id | null; limit: number },
): Promise<TemplateRow[]> =>
  templates(db)
    .where(shopId === null ? sql<boolean>`shop_id is null` : sql<boolean>`shop_id = ${shopId}`)
    .where('code', 'is', null)
    .where(isOpen)
    .orderBy('claim_until')
    .orderBy('id')
    .limit(limit)
    .execute()

const isOpen = sql<boolean>`not is_stopped and claim_from <= now() and now() < claim_until`
const stateFilters = {
  coming: sql<boolean>`not is_stopped and claim_from > now()`,
  open: isOpen,
  over: sql<boolean>`(is_stopped or claim_until <= now())`,
}
export type TemplateFilter = { state?: keyof typeof stateFilters; q?: string }

/** Templates of a shop or of the platform, newest first. */
export function pageOfTemplates(
  db: Db,
  { shopId, state, q, ...page }: { shopId: Id | null } & TemplateFilter & PageQuery,
): Promise<Page<TemplateRow>> {
  const query = templates(db)
    .where(shopId === null ? sql<boolean>`shop_id is null` : sql<boolean>`shop_id = ${shopId}`)
    .$if(state !== undefined, each => each.where(state ? stateFilters[state] : isOpen))
    .$if(Boolean(q), each => each.where(sql<boolean>`strpos(lower(title), lower(${q})) > 0`))
  return pageBy(
    query,
    [
      ['created_at', 'desc'],
      ['id', 'desc'],
    ],
    page,
  )
}

/** What became of templates; one that nobody claimed is missing. */
export async function totalsByTemplates(
  db: Db,
  ids: readonly Id[],
): Promise<Map<Id, TemplateTotals>> {
  const { rows } = await sql<{ id: Id } & TemplateTotals>`
    select copy.template_id as id,
      count(*) filter (where copy.state = 'locked') as "lockedCount",
      count(*) filter (where copy.state = 'used') as "usedCount",
      coalesce(sum(saved.fen), 0)::bigint as "offFen"
    from coupon_copy copy left join lateral (
      select sum(off_fen) as fen from coupon_use
      where copy_id = copy.id and coupon_use.state = 'used' and copy.state = 'used'
    ) saved on true
    where copy.template_id = any(${ids}::uuid[]) and copy.state <> 'usable'
    group by copy.template_id`.execute(db)
  return new Map(rows.map(row => [row.id, row]))
}

/** Makes a template; false when its id or its code is taken. */
export async function insertTemplate(
  tx: Tx,
  { shopId, ...wanted }: { shopId: Id | null } & NewCouponTemplate,
): Promise<boolean> {
  const { off, validity } = wanted
  const made = await tx
    .insertInto('coupon_template')
    .values({
      id: wanted.id,
      shop_id: shopId,
      title: wanted.title,
      off_fen: 'fen' in off ? off.fen : null,
      off_bps: 'bps' in off ? off.bps : null,
      off_max_fen: 'bps' in off ? off.maxFen : null,
      threshold_fen: wanted.thresholdFen,
      scope: wanted.scope.only,
      scope_ids: wanted.scope.ids,
      valid_from: 'from' in validity ? validity.from : null,
      valid_until: 'until' in validity ? validity.until : null,
      valid_days: 'days' in validity ? validity.days : null,
      total_count: wanted.totalCount,
      per_person_max: wanted.perPersonMax,
      claim_from: wanted.claimFrom,
      claim_until: wanted.claimUntil,
      stack_group: wanted.group,
      with_activity: wanted.withActivity,
      code: wanted.code,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

/** Changes how many are issued and till when, never below what is issued; false when it may not. */
export async function changeTemplate(
  tx: Tx,
  { id, totalCount, claimUntil, isStopped }: { id: Id } & TemplateChange,
): Promise<boolean> {
  const { rows } = await sql`
    update coupon_template set
      total_count = coalesce(${totalCount ?? null}::int, total_count),
      claim_until = coalesce(${claimUntil ?? null}::timestamptz, claim_until),
      is_stopped = coalesce(${isStopped ?? null}::boolean, is_stopped)
    where id = ${id}
      and issued_count <= coalesce(${totalCount ?? null}::int, total_count)
      and coalesce(${claimUntil ?? null}::timestamptz, claim_until) > claim_from
      -- What was promised to be valid may not end before it can be claimed.
      and (valid_until is null
        or valid_until >= coalesce(${claimUntil ?? null}::timestamptz, claim_until))
    returning id`.execute(tx)
  return rows.length > 0
}

export type TemplateChange = Partial<
  Pick<CouponTemplate, 'totalCount' | 'claimUntil' | 'isStopped'>
>

/** What is taken off, read back from its columns. */
export const offOf = ({ offFen, offBps, offMaxFen }: TermsRow): CouponOff =>
  offFen === null ? { bps: offBps ?? 0, maxFen: offMaxFen } : { fen: fen(offFen) }
