import { followersCalled } from '@kaibo/contract/people/follow'
import { liveMoved } from '@kaibo/contract/show/live'
import { once, publish, type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { FollowNeeds } from './follow.ts'
import * as store from './store.ts'

/** Followers told in one transaction; whoever is left is the next event's. */
const sliceMax = 200

/**
 * A session that goes on air calls the followers of its shop, once, in slices: a shop with a million
 * of them delays no other event for longer than one slice takes.
 */
export const callSubscribers = ({ live, tell }: FollowNeeds): Subscriber[] => [
  subscriber(liveMoved, {
    consumer: 'follow.on_live_moved',
    async handle(tx, { liveId, shopId, state }) {
      if (state !== 'live') return
      await once(tx, `follow.called:${liveId}`, async () => {
        const calledAt = await store.instant(tx)
        await publish(tx, followersCalled, { liveId, shopId, calledAt, afterUserId: null })
      })
    },
  }),
  subscriber(followersCalled, {
    consumer: 'follow.call',
    async handle(tx, call) {
      const { liveId, shopId } = call
      const room = (await live.cardsByIds(tx, [liveId])).get(liveId)
      // Nobody needs to hear of a show that is over.
      if (!room || room.state === 'ended') return
      const userIds = await store.followersAfter(tx, { ...call, limit: sliceMax })
      const { shopName, title } = room
      await Promise.all(userIds.map(id => tell(id, { liveId, shopId, shopName, title })))
      const afterUserId = userIds[sliceMax - 1]
      if (afterUserId !== undefined) await publish(tx, followersCalled, { ...call, afterUserId })
    },
  }),
]
