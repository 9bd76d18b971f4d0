import type { Handlers } from '@kaibo/contract/handlers'
import type { LiveState, liveApi, Recap } from '@kaibo/contract/live'
import type { Database, Db, Tx } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { Account } from '../account/index.ts'
import type { Files } from '../files/index.ts'
import type { Shops } from '../shop/index.ts'
import { createLiveUseCases } from './live.ts'
import type { LiveProvider, MediaEvent } from './provider.ts'
import { liveHandlers } from './routes.ts'
import type { NewSession } from './store.ts'

export type { LiveProvider, MediaEvent } from './provider.ts'

/** What other modules may know of a session. */
export type LiveFacts = {
  readonly id: Id
  readonly shopId: Id
  readonly hostId: Id
  readonly state: LiveState
  readonly startedAt: Date | null
}

/** A slot: each module counts its own part of the recap from its own tables. */
export type RecapSource = (
  db: Db,
  live: { id: Id; shopId: Id },
) => Promise<
  Pick<Recap, 'commentCount'> | Pick<Recap, 'orderCount' | 'amountFen'> | Pick<Recap, 'explains'>
>

export type LiveNeeds = {
  readonly database: Database
  readonly clock: Clock
  readonly files: Pick<Files, 'requireFiles' | 'urlOf'>
  readonly account: Pick<Account, 'peopleByIds'>
  readonly shop: Pick<Shops, 'shopsByIds'>
  readonly provider: LiveProvider
  readonly recapSources: () => readonly RecapSource[]
  /** How long a room waits for a lost host before it ends. */
  readonly awayGraceSec: number
}

export type Live = {
  readonly handlers: Handlers<typeof liveApi>
  facts(db: Db, id: Id): Promise<LiveFacts | null>
  authorizePublish(q: {
    key: string
  }): Promise<{ ok: true; streamId: Id } | { ok: false; reason: string }>
  mediaEvents(events: readonly MediaEvent[]): Promise<void>
  /** How many people watch now; keeps the peak. */
  noteOnline(id: Id, count: number): Promise<void>
  resetOnline(): Promise<void>
  addHearts(id: Id, count: number): Promise<number | undefined>
  /** Ends rooms whose host stayed away too long; returns how many. */
  endAway(): Promise<number>
  /** Makes sessions agree with the provider, whose events may be lost. */
  reconcile(): Promise<void>
  /** Declares what this process does for rooms in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
  ensureSession(tx: Tx, session: Omit<NewSession, 'keyHash'> & { streamKey: string }): Promise<Id>
}

const endAwayEverySec = 2
const reconcileEverySec = 3

/** Live sessions 场次: their life, stream keys, rooms, recap. */
export function createLive(needs: LiveNeeds): Live {
  const useCases = createLiveUseCases(needs)
  return {
    ...useCases,
    handlers: liveHandlers(useCases),
    work(jobs) {
      jobs.every('live.end_away', endAwayEverySec, async () => {
        await useCases.endAway()
      })
      jobs.every('live.reconcile', reconcileEverySec, useCases.reconcile)
    },
  }
}
