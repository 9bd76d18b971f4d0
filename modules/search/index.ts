import type { Handlers } from '@kaibo/contract/core/handlers'
import type { searchApi } from '@kaibo/contract/goods/search'
import type { Jobs } from '@kaibo/db/jobs'
import type { Subscriber } from '@kaibo/db/outbox'
import { fillEmpty, foldSales, type KeepNeeds, keepers, recount, reindex } from './keep.ts'
import { createQueryCounter } from './query-counter.ts'
import { createHandlers } from './routes.ts'

export type { Listing, ListingSource } from './listing.ts'
export { createListings } from './names.ts'
export type SearchNeeds = KeepNeeds

/** Finding what is on the shelves. */
export type Search = {
  handlers: Handlers<typeof searchApi>
  /** Keep the index what catalogue, stock and orders say. */
  subscribers: readonly Subscriber[]
  /** Declares upkeep; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
  /** Makes the index anew while searches go on; returns how many products it has. */
  reindex(): Promise<number>
  /** Writes down what was counted and sold since the last time; the jobs do it by themselves. */
  settle(): Promise<void>
}

const settleEverySec = 30
/** At night: counting words reads every document. */
const recountAt = '40 4 * * *'

export function createSearch(needs: SearchNeeds): Search {
  const counter = createQueryCounter()
  const settle = async () => {
    await counter.flush(needs.database)
    await foldSales(needs)
  }
  return {
    handlers: createHandlers({ ...needs, counter }),
    subscribers: keepers(needs),
    work: jobs => {
      // An installation that is older than its index has one after the first round.
      let filled: Promise<void> | undefined
      jobs.every('search.settle', settleEverySec, async () => {
        filled ??= fillEmpty(needs)
        await filled
        await settle()
      })
      jobs.every('search.recount', recountAt, () => recount(needs))
    },
    reindex: () => reindex(needs),
    settle,
  }
}
