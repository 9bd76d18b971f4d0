import type { Handlers } from '@kaibo/contract/core/handlers'
import type { insightApi } from '@kaibo/contract/show/insight'
import type { Recap } from '@kaibo/contract/show/live'
import type { Db } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import type { Id } from '@kaibo/kernel/ids'
import { bestOf, createBoard, forget, type InsightNeeds, sample } from './insight.ts'
import { createHandlers } from './routes.ts'
import { createSignals } from './signals.ts'
import { createVisits } from './visits.ts'

export type Insights = {
  readonly handlers: Handlers<typeof insightApi>
  /** Somebody came to a room, or did something there; never awaited. */
  note(visit: { liveId: Id; personId: Id; isActive: boolean }): void
  /** Keeps how many watch each room now. */
  sample(): Promise<void>
  /** Forgets who came and what they did, where it is counted. */
  forget(): Promise<void>
  /** The product that a session's orders paid most for, for its recap. */
  bestOf(db: Db, live: { id: Id; shopId: Id }): Promise<Recap['bestProduct']>
  /** Declares what this process does in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
}

/** More often than a slot is long, so that none is missed. */
const sampleJobEverySec = 2
/** Every hour. */
const forgetAt = '17 * * * *'

/** The numbers of a session 直播大屏 and what to explain next. */
export function createInsight(needs: InsightNeeds): Insights {
  const { note } = createVisits(needs)
  const signals = createSignals({ ...needs, note, bagOf: needs.showcase.productIdsOf })
  return {
    handlers: createHandlers({ board: createBoard(needs), signals }),
    note,
    sample: () => sample(needs),
    forget: () => forget(needs),
    bestOf: (db, live) => bestOf(needs, db, live),
    work(jobs) {
      jobs.every('insight.sample', sampleJobEverySec, () => sample(needs))
      jobs.every('insight.forget', forgetAt, () => forget(needs))
    },
  }
}
