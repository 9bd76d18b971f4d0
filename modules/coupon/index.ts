import type { Handlers } from '@kaibo/contract/core/handlers'
import type { couponApi } from '@kaibo/contract/offer/coupon'
import type { CheckReport } from '@kaibo/contract/trade/ledger'
import { orderPaid } from '@kaibo/contract/trade/order'
import type { Db } from '@kaibo/db/database'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { OfferSource } from '@kaibo/modules/price'
import { check } from './check.ts'
import { couponOffers } from './offers.ts'
import { createHandlers } from './routes.ts'
import type { CouponNeeds } from './templates.ts'
import { markUsed } from './use-store.ts'

export type { CouponNeeds }

/** Coupons 优惠券 of shops and of the platform: made, claimed, used. */
export type Coupons = {
  readonly handlers: Handlers<typeof couponApi>
  readonly subscribers: readonly Subscriber[]
  readonly offers: OfferSource
  /** Whether as many copies exist as were counted, and whether who holds a copy uses it. */
  check(db: Db): Promise<CheckReport>
}

export const createCoupon = (needs: CouponNeeds): Coupons => ({
  handlers: createHandlers(needs),
  subscribers: [
    subscriber(orderPaid, {
      consumer: 'coupon.use',
      handle: (tx, { orderId }) => markUsed(tx, orderId),
    }),
  ],
  offers: couponOffers,
  check,
})
