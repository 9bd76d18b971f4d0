import { requirePermission, requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { CouponTemplate, NewCouponTemplate } from '@kaibo/contract/offer/coupon'
import type { Database } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Shops } from '@kaibo/modules/shop'
import { decideTerms } from './rules.ts'
import * as store from './store.ts'
import { templatesOf } from './views.ts'

export type CouponNeeds = {
  database: Database
  clock: Clock
  shop: Pick<Shops, 'shopsByIds'>
}

/** Whose coupons: a shop's, or the platform's. */
export type Issuer = { shopId: Id | null }

function requireIssuer(actor: Actor, { shopId }: Issuer): void {
  if (shopId === null) requirePermission(actor, 'platform.manage')
  else requireShop(actor, 'promotion.manage', shopId)
}

/** Coupons of an issuer, newest first. */
export async function listTemplates(
  { database: { db } }: CouponNeeds,
  actor: Actor,
  query: Issuer & store.TemplateFilter & PageQuery,
): Promise<Page<CouponTemplate>> {
  requireIssuer(actor, query)
  const { items, next } = await store.pageOfTemplates(db, query)
  return { items: await templatesOf(db, items), next }
}

/**
 * Makes a coupon. The same request again answers with what it made. Throws `coupon.terms_invalid`,
 * `coupon.code_taken`, or `coupon.not_found` when the id is somebody else's.
 */
export async function createTemplate(
  needs: CouponNeeds,
  actor: Actor,
  wanted: Issuer & NewCouponTemplate,
): Promise<CouponTemplate> {
  requireIssuer(actor, wanted)
  decideTerms(wanted, needs.clock.now())
  const { database } = needs
  const isMade = await database.tx(tx => store.insertTemplate(tx, wanted))
  if (!isMade && !(await store.templateById(database.db, wanted.id)))
    throw fail('coupon.code_taken')
  return viewTemplate(needs, wanted)
}

/** Issues more, longer, or no more. Throws `coupon.not_found`, `coupon.terms_invalid`. */
export async function changeTemplate(
  needs: CouponNeeds,
  actor: Actor,
  change: Issuer & { id: Id } & store.TemplateChange,
): Promise<CouponTemplate> {
  requireIssuer(actor, change)
  await viewTemplate(needs, change)
  if (!(await needs.database.tx(tx => store.changeTemplate(tx, change))))
    throw fail('coupon.terms_invalid')
  return viewTemplate(needs, change)
}

/** A coupon of this issuer: one of another is as unknown as none at all. */
async function viewTemplate(
  { database: { db } }: CouponNeeds,
  { id, shopId }: Issuer & { id: Id },
): Promise<CouponTemplate> {
  const template = await store.templateById(db, id)
  if (template?.shopId !== shopId) throw fail('coupon.not_found')
  const [view] = await templatesOf(db, [template])
  return must(view, 'a view of each')
}
