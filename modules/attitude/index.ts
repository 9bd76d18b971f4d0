import type { Handlers } from '@kaibo/contract/core/handlers'
import type { attitudeApi } from '@kaibo/contract/show/attitude'
import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import type { AttitudeNeeds } from './attitude.ts'
import { check } from './check.ts'
import { createHandlers } from './routes.ts'

export type { AttitudeNeeds }

/** Thumbs up or down 拇指表态 for a room. */
export type Attitudes = {
  readonly handlers: Handlers<typeof attitudeApi>
  /** Whether the totals are what the marks count. */
  check(db: Db): Promise<CheckReport>
}

export const createAttitude = (needs: AttitudeNeeds): Attitudes => ({
  handlers: createHandlers(needs),
  check,
})
