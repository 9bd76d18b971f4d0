import type { Handlers } from '@kaibo/contract/core/handlers'
import { type ExplainMark, liveMoved } from '@kaibo/contract/show/live'
import type { Bag, showcaseApi } from '@kaibo/contract/show/showcase'
import type { Db } from '@kaibo/db/database'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { createHandlers } from './routes.ts'
import { emptyBag, endExplaining, explainsOf, type ShowcaseNeeds, viewOf } from './showcase.ts'
import { bagOf } from './store.ts'

export type { ShowcaseNeeds }

export type Showcase = {
  readonly handlers: Handlers<typeof showcaseApi>
  readonly subscribers: readonly Subscriber[]
  /** The explanations of a session, for its recap. */
  explainsOf(db: Db, liveId: Id): Promise<ExplainMark[]>
  /** The bag of a room as everybody sees it. */
  bagOf(db: Db, liveId: Id): Promise<Bag>
  /** What is in the bag of a room, in order, hidden products as well. */
  productIdsOf(db: Db, liveId: Id): Promise<readonly Id[]>
}

/** The product bag 小黄车 of a room and what is being explained 讲解. */
export const createShowcase = (needs: ShowcaseNeeds): Showcase => ({
  handlers: createHandlers(needs),
  explainsOf: (db, liveId) => explainsOf(needs, db, liveId),
  bagOf: (db, liveId) => viewOf(needs, db, liveId),
  productIdsOf: async (db, liveId) => (await bagOf(db, liveId))?.productIds ?? [],
  subscribers: [
    subscriber(liveMoved, {
      consumer: 'showcase.end_explain',
      async handle(tx, { liveId, state, isStopped }) {
        if (state === 'ended') await endExplaining(needs, tx, liveId)
        if (isStopped) await emptyBag(tx, liveId)
      },
    }),
  ],
})
