import { topics } from '@kaibo/contract/show/topics'
import { createAttitude } from '@kaibo/modules/attitude'
import { createFollow } from '@kaibo/modules/follow'
import { createShare } from '@kaibo/modules/share'
import type { Hub } from '@kaibo/realtime/hub'
import { originAt } from '../config.ts'
import { keptByIds } from '../kept.ts'
import type { Base } from './base.ts'
import type { People } from './people.ts'
import { keptOnCards, type Show } from './show.ts'
import type { Trade } from './trade.ts'

export type AudienceNeeds = Pick<People, 'shop' | 'account'> &
  Pick<Trade, 'order'> &
  Pick<Show, 'live'> & { hub: Pick<Hub, 'publishOrdered' | 'publishLatest'> }

export type Audience = ReturnType<typeof composeAudience>

/** Those who watch: whom they follow, whom they bring, and what they think. */
export function composeAudience({ database, config, clock }: Base, needs: AudienceNeeds) {
  const { shop, account, order, live, hub } = needs
  const follow = createFollow({
    database,
    // Every viewer of a room asks; a shop that is known stays known.
    shop: { shopsByIds: keptByIds(shop.shopsByIds, { clock, ...keptOnCards }) },
    live,
    tell: (userId, news) => hub.publishOrdered(topics.user(userId), { t: 'follow.live', ...news }),
  })
  const share = createShare({
    database,
    live,
    account,
    order,
    originOf: host => originAt(config, host),
  })
  const attitude = createAttitude({
    database,
    live,
    say({ id: liveId, shopId }, { upCount, downCount }) {
      hub.publishLatest(topics.live(liveId), 'attitude', { t: 'live.attitude', upCount })
      const both = { t: 'desk.attitude', liveId, upCount, downCount }
      hub.publishLatest(topics.desk(shopId), `attitude:${liveId}`, both)
    },
  })
  return { follow, share, attitude }
}
