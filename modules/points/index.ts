import type { Handlers } from '@kaibo/contract/core/handlers'
import type { pointsApi } from '@kaibo/contract/offer/points'
import type { CheckReport } from '@kaibo/contract/trade/ledger'
import { orderCompleted } from '@kaibo/contract/trade/order'
import type { Db } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { OfferSource } from '@kaibo/modules/price'
import { check } from './check.ts'
import { pointsOffers } from './offers.ts'
import { earn, expireDue, type PointsNeeds } from './points.ts'
import { createHandlers } from './routes.ts'

export type { PointsNeeds }

/** Points 积分 of the platform: earned by completed orders, spent at checkouts. */
export type Points = {
  readonly handlers: Handlers<typeof pointsApi>
  readonly subscribers: readonly Subscriber[]
  readonly offers: OfferSource
  /** Books out what has expired; returns of how many people. */
  expireDue(limit: number): Promise<number>
  /** Declares what this process does for points in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
  /** Whether every balance is the sum of its log, and of what is left in its lots. */
  check(db: Db): Promise<CheckReport>
}

const expireEverySec = 600
const expireBatchMax = 500
const expireBatchesMax = 100

export const createPoints = (needs: PointsNeeds): Points => ({
  handlers: createHandlers(needs),
  subscribers: [subscriber(orderCompleted, { consumer: 'points.earn', handle: earn })],
  offers: pointsOffers,
  expireDue: limit => expireDue(needs, limit),
  work: jobs => jobs.every('points.expire', expireEverySec, () => expireAllDue(needs)),
  check,
})

async function expireAllDue(needs: PointsNeeds): Promise<void> {
  for (let batch = 0; batch < expireBatchesMax; batch++)
    if ((await expireDue(needs, expireBatchMax)) === 0) break
}
