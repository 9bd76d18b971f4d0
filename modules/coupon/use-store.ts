import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { CouponOffer, OfferUse } from '@kaibo/modules/price'
import { sql } from 'kysely'
import type { CopyFacts } from './rules.ts'
import type { TermsRow } from './store.ts'

export type OfferRow = TermsRow & {
  id: Id
  userId: Id
  group: string
  problem: CouponOffer['problem']
}

/** Copies of one buyer that a checkout shows, at most: those that end first. */
const perBuyerMax = 100
/** A coupon that has just expired is shown with the reason; an older one is forgotten. */
const expiredShownDays = 7

/** What buyers may use, or nearly, at these shops and of the platform: all they have, and single copies. */
export async function copiesOfBuyers(
  db: Db,
  { buyerIds, copyIds, shopIds }: Record<'buyerIds' | 'copyIds' | 'shopIds', readonly Id[]>,
): Promise<OfferRow[]> {
  const { rows } = await sql<OfferRow>`
    select * from (
      select copy.id, copy.user_id as "userId", template.shop_id as "shopId", template.title,
        off_fen as "offFen", off_bps as "offBps", off_max_fen as "offMaxFen",
        threshold_fen as "thresholdFen", scope, scope_ids as "scopeIds",
        with_activity as "withActivity", stack_group as "group",
        case when copy.state <> 'usable' then 'used'
          when copy.valid_until <= now() then 'expired'
          when copy.valid_from > now() then 'not_started' end as problem,
        row_number() over (partition by copy.user_id
          order by copy.valid_until <= now(), copy.valid_until, copy.id) as position
      from (
        select id from coupon_copy where user_id = any(${buyerIds}::uuid[])
        union select unnest(${copyIds}::uuid[])
      ) asked
      join coupon_copy copy on copy.id = asked.id
      join coupon_template template on template.id = copy.template_id
      where copy.state in ('usable', 'locked')
        and copy.valid_until > now() - make_interval(days => ${expiredShownDays})
        and (template.shop_id is null or template.shop_id = any(${shopIds}::uuid[]))
    ) copies where position <= ${perBuyerMax} order by position`.execute(db)
  return rows
}

/** Locks copies in id order, so that no two transactions wait for each other, and reads them. */
export async function lockCopies(tx: Tx, ids: readonly Id[]): Promise<CopyFacts[]> {
  const { rows } = await sql<CopyFacts>`
    select id, user_id as "userId", state, checkout_id as "checkoutId",
      valid_from <= now() and now() < valid_until as "isValid"
    from coupon_copy where id = any(${ids}::uuid[]) order by id for update`.execute(tx)
  return rows
}

/** The copies that these orders hold, locked in id order. */
export async function lockHeld(tx: Tx, orderIds: readonly Id[]): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select id from coupon_copy
    where id in (select copy_id from coupon_use
      where order_id = any(${orderIds}::uuid[]) and state = 'locked')
    order by id for update`.execute(tx)
  return rows.map(row => row.id)
}

/** Gives copies to the checkouts that were granted them. */
export async function writeLocks(tx: Tx, uses: readonly OfferUse[]): Promise<void> {
  await sql`
    with asked as (
      select * from unnest(
        ${uses.map(use => use.orderId)}::uuid[],
        ${uses.map(use => use.offerId)}::uuid[],
        ${uses.map(use => use.checkoutId)}::uuid[],
        ${uses.map(use => use.offFen)}::bigint[]
      ) as asked (order_id, copy_id, checkout_id, off_fen)
    ), held as (
      update coupon_copy copy set state = 'locked', checkout_id = asked.checkout_id
      from (select distinct copy_id, checkout_id from asked) asked
      where copy.id = asked.copy_id and copy.state = 'usable'
    )
    insert into coupon_use (order_id, copy_id, off_fen)
    select order_id, copy_id, off_fen from asked
    -- An order that was refused after all may be placed again under its id.
    on conflict (order_id, copy_id) do update set state = 'locked', off_fen = excluded.off_fen
    where coupon_use.state = 'released'`.execute(tx)
}

/** Ends what orders hold; a copy is free again when no order of its checkout holds it any more. */
export async function release(tx: Tx, orderIds: readonly Id[]): Promise<void> {
  const copyIds = await lockHeld(tx, orderIds)
  if (copyIds.length === 0) return
  await sql`
    update coupon_use set state = 'released'
    where order_id = any(${orderIds}::uuid[]) and state = 'locked'`.execute(tx)
  await sql`
    update coupon_copy copy set state = 'usable', checkout_id = null
    where id = any(${copyIds}::uuid[]) and state = 'locked'
      and not exists (select from coupon_use
        where copy_id = copy.id and coupon_use.state <> 'released')`.execute(tx)
}

/** The order is paid: what it holds is used up. */
export async function markUsed(tx: Tx, orderId: Id): Promise<void> {
  const copyIds = await lockHeld(tx, [orderId])
  if (copyIds.length === 0) return
  await sql`
    update coupon_use set state = 'used'
    where order_id = ${orderId} and state = 'locked'`.execute(tx)
  await sql`
    update coupon_copy set state = 'used', used_at = now()
    where id = any(${copyIds}::uuid[]) and state = 'locked'`.execute(tx)
}
