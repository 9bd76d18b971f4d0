import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Coupon, CouponCard } from '@kaibo/contract/offer/coupon'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import * as copies from './copy-store.ts'
import * as store from './store.ts'
import type { CouponNeeds } from './templates.ts'
import { cardsOf, couponsOf } from './views.ts'

/** Coupons in one answer of the centre. */
const centreMax = 100
/** Open coupons of which a buyer is told how many are claimed. */
const claimCountsMax = 1_000

/** What can be claimed now of a shop, or of the platform. */
export async function centre(
  needs: CouponNeeds,
  { shopId }: { shopId?: Id },
): Promise<{ items: CouponCard[]; now: string }> {
  const open = await store.openTemplates(needs.database.db, {
    shopId: shopId ?? null,
    limit: centreMax,
  })
  return { items: await cardsOf(needs, open), now: needs.clock.now().toISOString() }
}

/**
 * Claims one for the buyer, under the id of the copy: the same claim again answers with the same
 * copy. Throws `coupon.not_found` (also for one with a code), `coupon.not_open`,
 * `coupon.all_claimed`, `coupon.limit_reached`.
 */
export async function claim(
  needs: CouponNeeds,
  actor: Actor,
  { id, templateId }: { id: Id; templateId: Id },
): Promise<Coupon> {
  requirePermission(actor, 'order.buy')
  const template = await store.templateById(needs.database.db, templateId)
  if (!template || template.code !== null) throw fail('coupon.not_found')
  return issue(needs, actor, { id, template })
}

/** Claims one by its code, in either case of letters. Throws what {@link claim} throws. */
export async function redeem(
  needs: CouponNeeds,
  actor: Actor,
  { id, code }: { id: Id; code: string },
): Promise<Coupon> {
  requirePermission(actor, 'order.buy')
  const template = await store.templateByCode(needs.database.db, code.toUpperCase())
  if (!template) throw fail('coupon.not_found')
  return issue(needs, actor, { id, template })
}

async function issue(
  needs: CouponNeeds,
  actor: Actor,
  { id, template }: { id: Id; template: store.TemplateRow },
): Promise<Coupon> {
  const { userId } = requireUser(actor)
  const templateId = template.id
  await needs.database.tx(async tx => {
    if (!(await copies.insertCopy(tx, { id, templateId, userId }))) return
    if (!(await copies.countForPerson(tx, { templateId, userId })))
      throw fail('coupon.limit_reached')
    if (!(await copies.countIssued(tx, templateId))) throw refusalOf(template)
  })
  const copy = await copies.copyById(needs.database.db, id)
  if (copy?.userId !== userId || copy.templateId !== templateId) throw fail('coupon.not_found')
  const [coupon] = await couponsOf(needs, [copy])
  return must(coupon, 'a view of each')
}

/** Why the count refused: the window is told first, because it does not come back by waiting. */
function refusalOf({ isStopped, claimFrom, claimUntil, now }: store.TemplateRow) {
  const isOpen = !isStopped && claimFrom <= now && now < claimUntil
  return fail(isOpen ? 'coupon.all_claimed' : 'coupon.not_open')
}

/** Copies of the buyer. */
export async function listMine(
  needs: CouponNeeds,
  actor: Actor,
  query: { state: copies.CopyList } & PageQuery,
): Promise<Page<Coupon>> {
  requirePermission(actor, 'order.buy')
  const { userId } = requireUser(actor)
  const { items, next } = await copies.pageOfCopies(needs.database.db, { userId, ...query })
  return { items: await couponsOf(needs, items), next }
}

/** How many the buyer has claimed of what is open now. */
export async function claimCounts(
  { database: { db } }: CouponNeeds,
  actor: Actor,
): Promise<{ items: { templateId: Id; count: number }[] }> {
  requirePermission(actor, 'order.buy')
  const { userId } = requireUser(actor)
  return { items: await copies.claimCounts(db, { userId, limit: claimCountsMax }) }
}
