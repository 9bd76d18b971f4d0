import type {
  Coupon,
  CouponCard,
  CouponTemplate,
  CouponValidity,
} from '@kaibo/contract/offer/coupon'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { zeroFen } from '@kaibo/kernel/money'
import type { CopyRow } from './copy-store.ts'
import { offOf, type TemplateRow, type TermsRow, totalsByTemplates } from './store.ts'
import type { CouponNeeds } from './templates.ts'

const termsOf = (row: TermsRow) => ({
  title: row.title,
  off: offOf(row),
  thresholdFen: row.thresholdFen,
  scope: { only: row.scope, ids: row.scopeIds },
  withActivity: row.withActivity,
})

function validityOf({ validFrom, validUntil, validDays }: TemplateRow): CouponValidity {
  return validFrom && validUntil
    ? { from: validFrom.toISOString(), until: validUntil.toISOString() }
    : { days: validDays ?? 0 }
}

const issueOf = (row: TemplateRow) => ({
  validity: validityOf(row),
  perPersonMax: row.perPersonMax,
  claimFrom: row.claimFrom.toISOString(),
  claimUntil: row.claimUntil.toISOString(),
})

/** Templates with what became of them: one query for all. */
export async function templatesOf(db: Db, rows: readonly TemplateRow[]): Promise<CouponTemplate[]> {
  const totals = await totalsByTemplates(
    db,
    rows.map(row => row.id),
  )
  return rows.map(row => ({
    id: row.id,
    shopId: row.shopId,
    ...termsOf(row),
    ...issueOf(row),
    totalCount: row.totalCount,
    group: row.group,
    code: row.code,
    isStopped: row.isStopped,
    issuedCount: row.issuedCount,
    lockedCount: totals.get(row.id)?.lockedCount ?? 0,
    usedCount: totals.get(row.id)?.usedCount ?? 0,
    offFen: totals.get(row.id)?.offFen ?? zeroFen,
    createdAt: row.createdAt.toISOString(),
    now: row.now.toISOString(),
  }))
}

export async function cardsOf(
  needs: CouponNeeds,
  rows: readonly TemplateRow[],
): Promise<CouponCard[]> {
  const shopOf = await shopsOf(needs, rows)
  return rows.map(row => ({
    id: row.id,
    shop: shopOf(row),
    ...termsOf(row),
    ...issueOf(row),
    leftCount: row.totalCount - row.issuedCount,
  }))
}

export async function couponsOf(needs: CouponNeeds, rows: readonly CopyRow[]): Promise<Coupon[]> {
  const shopOf = await shopsOf(needs, rows)
  return rows.map(row => ({
    id: row.id,
    templateId: row.templateId,
    shop: shopOf(row),
    ...termsOf(row),
    validFrom: row.validFrom.toISOString(),
    validUntil: row.validUntil.toISOString(),
    state: row.isExpired && row.state === 'usable' ? 'expired' : row.state,
    claimedAt: row.claimedAt.toISOString(),
  }))
}

/** Names of the shops that issued; null = the platform did. */
async function shopsOf(
  { shop, database: { db } }: CouponNeeds,
  rows: readonly { shopId: Id | null }[],
): Promise<(row: { shopId: Id | null }) => { id: Id; name: string } | null> {
  const ids = new Set(rows.flatMap(row => row.shopId ?? []))
  const shops = await shop.shopsByIds(db, [...ids])
  return ({ shopId: id }) => (id === null ? null : { id, name: shops.get(id)?.name ?? '' })
}
