import type { Handlers } from '@kaibo/contract/core/handlers'
import type { shareApi } from '@kaibo/contract/people/share'
import type { Db } from '@kaibo/db/database'
import type { Subscriber } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { attributionSubscribers } from './attribution.ts'
import { createHandlers } from './routes.ts'
import type { ShareNeeds } from './share.ts'
import { shopIdsOf } from './store.ts'

export type { ShareNeeds }

/** Rooms that people share 直播分享, who came by it and what they bought. */
export type Shares = {
  readonly handlers: Handlers<typeof shareApi>
  /** What to do when an order is paid or cancelled. */
  readonly subscribers: readonly Subscriber[]
  /** The shops that links lead to; unknown ones are missing. */
  shopIdsOf(db: Db, ids: readonly Id[]): Promise<Map<Id, Id>>
}

export const createShare = (needs: ShareNeeds): Shares => ({
  handlers: createHandlers(needs),
  subscribers: attributionSubscribers(needs),
  shopIdsOf,
})
