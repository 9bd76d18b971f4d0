import type { Handlers } from '@kaibo/contract/core/handlers'
import type { followApi } from '@kaibo/contract/people/follow'
import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import type { Subscriber } from '@kaibo/db/outbox'
import { callSubscribers } from './call.ts'
import { check } from './check.ts'
import type { FollowNeeds } from './follow.ts'
import { createHandlers } from './routes.ts'
import { type Follow, isFollower } from './store.ts'

export type { FollowNeeds }

/** Who follows which shop 关注. */
export type Follows = {
  readonly handlers: Handlers<typeof followApi>
  /** What to do when a session goes on air. */
  readonly subscribers: readonly Subscriber[]
  isFollower(db: Db, follow: Follow): Promise<boolean>
  /** Whether the counters are what the rows count. */
  check(db: Db): Promise<CheckReport>
}

export const createFollow = (needs: FollowNeeds): Follows => ({
  handlers: createHandlers(needs),
  subscribers: callSubscribers(needs),
  isFollower,
  check,
})
