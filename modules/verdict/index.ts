import type { Handlers } from '@kaibo/contract/core/handlers'
import type { PatrolReason } from '@kaibo/contract/media/patrol-life'
import type { verdictApi } from '@kaibo/contract/media/verdict'
import type { Db } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import type { Id } from '@kaibo/kernel/ids'
import type { Stage } from '@kaibo/modules/live'
import type { VerdictNeeds } from './needs.ts'
import { createHandlers } from './routes.ts'
import * as store from './store/verdict.ts'
import { type Block, banOf, cutByReviewer } from './verdict.ts'

export type { Block, VerdictNeeds }

export type Verdicts = {
  readonly handlers: Handlers<typeof verdictApi>
  /** Cuts a room because the reviewer of pictures says so; one that is over is left alone. */
  cutByReviewer(block: Block): Promise<void>
  /** The ban that keeps a shop or a host from going live; null when there is none. */
  banOf(db: Db, stage: Stage): Promise<{ reason: PatrolReason; until: Date | null } | null>
  /** Verdicts of the last days, by shop; shops without one are missing. */
  countsOf(db: Db, of: { shopIds: readonly Id[]; days: number }): Promise<Map<Id, number>>
  /** Forgets evidence that need not be kept any more; returns how many verdicts lost theirs. */
  forget(): Promise<number>
  /** Declares what this process does in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
}

/** Verdicts against rooms 处置: warnings, cuts and bans, with the evidence for them. */
export function createVerdicts(needs: VerdictNeeds): Verdicts {
  const forget = () => needs.database.tx(store.forget)
  return {
    handlers: createHandlers(needs),
    cutByReviewer: block => cutByReviewer(needs, block),
    banOf,
    countsOf: store.countsOf,
    forget,
    work: jobs => jobs.every('verdict.forget', '23 4 * * *', async () => void (await forget())),
  }
}
