import type { Handlers } from '@kaibo/contract/core/handlers'
import type { takeRateApi } from '@kaibo/contract/offer/takerate'
import type { Db } from '@kaibo/db/database'
import type { BasisPoints } from '@kaibo/kernel/money'
import { createHandlers } from './routes.ts'
import type { RateAsk } from './rules.ts'
import { ratesFor, type TakeRateNeeds } from './takerate.ts'

export type { RateAsk, TakeRateNeeds }

/** What the platform keeps of sales 平台抽佣. */
export type TakeRates = {
  handlers: Handlers<typeof takeRateApi>
  /** The rate of each of these sales now, in the order asked; orders freeze it on their lines. */
  ratesFor(db: Db, asks: readonly RateAsk[]): Promise<BasisPoints[]>
}

export const createTakeRate = (needs: TakeRateNeeds): TakeRates => ({
  handlers: createHandlers(needs),
  ratesFor,
})
