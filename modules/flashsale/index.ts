import type { Handlers } from '@kaibo/contract/core/handlers'
import type { flashsaleApi } from '@kaibo/contract/offer/flashsale-api'
import { liveMoved } from '@kaibo/contract/show/live'
import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { OfferSource } from '@kaibo/modules/price'
import { check } from './check.ts'
import type { FlashSaleNeeds } from './flashsale.ts'
import { advanceDue, endOfRoom } from './life.ts'
import { createOffers } from './offers.ts'
import { createHandlers } from './routes.ts'

export type { FlashSaleNeeds }

/** Flash sales 秒杀 of shops: a price, a window and a quota, everywhere or in a live room. */
export type FlashSales = {
  readonly handlers: Handlers<typeof flashsaleApi>
  readonly subscribers: readonly Subscriber[]
  readonly offers: OfferSource
  /** Starts and ends what is due by the database's clock; returns how many sales it tried. */
  advanceDue(): Promise<number>
  /** Declares what this process does for sales in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
  /** Whether every pool holds its quota less what was sold. */
  check(db: Db): Promise<CheckReport>
}

const advanceEverySec = 1

export const createFlashSale = (needs: FlashSaleNeeds): FlashSales => ({
  handlers: createHandlers(needs),
  subscribers: [
    subscriber(liveMoved, {
      consumer: 'flashsale.end_of_room',
      async handle(tx, { state, ...room }) {
        if (state === 'ended') await endOfRoom(needs, tx, room)
      },
    }),
  ],
  offers: createOffers(needs),
  advanceDue: () => advanceDue(needs),
  work: jobs =>
    jobs.every('flashsale.advance', advanceEverySec, async () => void (await advanceDue(needs))),
  check: db => check(needs.stock, db),
})
