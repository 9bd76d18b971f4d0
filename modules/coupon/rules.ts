import { fail } from '@kaibo/contract/core/fail'
import type { NewCouponTemplate } from '@kaibo/contract/offer/coupon'
import type { Id } from '@kaibo/kernel/ids'
import { machine } from '@kaibo/kernel/machine'
import type { OfferUse, RefusedOrder } from '@kaibo/modules/price'

/** The life of a copy (R24); expiry is read off the clock and is no state. */
export const copyLife = machine('usable', {
  usable: { lock: 'locked' },
  locked: { use: 'used', release: 'usable' },
  used: {},
})

type Terms = Omit<NewCouponTemplate, 'id'>

/** Whether a coupon makes sense. Throws `coupon.terms_invalid` with the field that does not fit. */
export function decideTerms(terms: Terms, now: Date): void {
  const wrong = wrongField(terms, now)
  if (wrong) throw fail('coupon.terms_invalid', { field: wrong })
}

function wrongField(terms: Terms, now: Date): keyof Terms | undefined {
  const { off, thresholdFen, scope, validity } = terms
  const claimFrom = Date.parse(terms.claimFrom)
  const claimUntil = Date.parse(terms.claimUntil)
  if (claimUntil <= claimFrom || claimUntil <= now.getTime()) return 'claimUntil'
  if ('from' in validity && Date.parse(validity.until) <= Date.parse(validity.from))
    return 'validity'
  // Nobody may be given what can never be used.
  if ('until' in validity && Date.parse(validity.until) < claimUntil) return 'validity'
  if ('fen' in off && off.fen === 0) return 'off'
  if ('fen' in off && thresholdFen > 0 && off.fen > thresholdFen) return 'thresholdFen'
  if ('bps' in off && off.maxFen === 0) return 'off'
  if ((scope.only === 'all') !== (scope.ids.length === 0)) return 'scope'
  return undefined
}

/** A copy under its lock; `isValid` as the database's clock says. */
export type CopyFacts = {
  id: Id
  userId: Id
  state: string
  checkoutId: Id | null
  isValid: boolean
}

/**
 * Which checkouts get the copies they ask for: in the order given, each whole or not at all, and a
 * copy to one checkout only, however many of its orders share it.
 */
export function decideLocks(
  copies: ReadonlyMap<Id, CopyFacts>,
  uses: readonly OfferUse[],
): { granted: OfferUse[]; refused: RefusedOrder[] } {
  const holders = new Map<Id, Id>()
  const granted: OfferUse[] = []
  const refused: RefusedOrder[] = []
  for (const asked of Map.groupBy(uses, use => use.checkoutId).values()) {
    if (asked.every(use => mayTake(copies.get(use.offerId), use, holders))) {
      for (const use of asked) holders.set(use.offerId, use.checkoutId)
      granted.push(...asked)
    } else {
      const orderIds = new Set(asked.map(use => use.orderId))
      for (const orderId of orderIds) refused.push({ orderId, code: 'price.coupon_unusable' })
    }
  }
  return { granted, refused }
}

function mayTake(
  copy: CopyFacts | undefined,
  { buyerId, checkoutId }: OfferUse,
  holders: ReadonlyMap<Id, Id>,
): boolean {
  if (!copy || copy.userId !== buyerId) return false
  const holder = holders.get(copy.id) ?? copy.checkoutId
  if (holder !== null) return holder === checkoutId
  return copyLife.can(copy.state, 'lock') && copy.isValid
}
