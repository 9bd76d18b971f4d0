import type { Handlers } from '@kaibo/contract/handlers'
import { liveMoved, type Recap } from '@kaibo/contract/live'
import type { showcaseApi } from '@kaibo/contract/showcase'
import type { Database, Db } from '@kaibo/db/database'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { Catalog } from '../catalog/index.ts'
import type { Live } from '../live/index.ts'
import { showcaseHandlers } from './routes.ts'
import { createShowcaseUseCases } from './showcase.ts'

export type ShowcaseNeeds = {
  readonly database: Database
  readonly clock: Clock
  readonly live: Pick<Live, 'facts'>
  readonly catalog: Pick<Catalog, 'cardsByIds'>
}

export type Showcase = {
  readonly handlers: Handlers<typeof showcaseApi>
  readonly subscribers: readonly Subscriber[]
  explainsOf(db: Db, liveId: Id): Promise<Recap['explains']>
}

/** The product bag 小黄车 of a room and what is being explained 讲解. */
export function createShowcase(needs: ShowcaseNeeds): Showcase {
  const useCases = createShowcaseUseCases(needs)
  return {
    handlers: showcaseHandlers(useCases),
    explainsOf: useCases.explainsOf,
    subscribers: [
      subscriber(liveMoved, {
        consumer: 'showcase.end_explain',
        async handle(tx, { liveId, state }) {
          if (state === 'ended') await useCases.endExplain(tx, liveId)
        },
      }),
    ],
  }
}
