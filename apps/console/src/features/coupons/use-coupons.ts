import type { CouponTemplate, NewCouponTemplate } from '@kaibo/contract/offer/coupon'
import { api } from '@kaibo/ui/data/api.tsx'

type Change = { id: string; totalCount?: number; isStopped?: boolean }
type Query = { cursor?: string; limit: number; state?: 'coming' | 'open' | 'over'; q?: string }

/** Coupons of a shop, or of the platform for its staff: the same page over two sets of routes. */
export const couponsOf = (shopId: string | null) => ({
  key: ['coupon-templates', shopId],
  list: (query: Query) =>
    shopId ? api.coupon.manageList({ shopId, ...query }) : api.coupon.platformList(query),
  create: (wanted: NewCouponTemplate): Promise<CouponTemplate> =>
    shopId ? api.coupon.create({ shopId, ...wanted }) : api.coupon.platformCreate(wanted),
  change: (change: Change): Promise<CouponTemplate> =>
    shopId ? api.coupon.change({ shopId, ...change }) : api.coupon.platformChange(change),
})
