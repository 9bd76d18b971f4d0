import { topics } from '@kaibo/contract/topics'
import { createFollow } from '@kaibo/modules/follow'
import type { Hub } from '@kaibo/realtime/hub'
import type { Base } from './base.ts'
import type { People } from './people.ts'
import type { Show } from './show.ts'

export type AudienceNeeds = Pick<People, 'shop'> &
  Pick<Show, 'live'> & { hub: Pick<Hub, 'publishOrdered'> }

export type Audience = ReturnType<typeof composeAudience>

/** Those who watch: whom they follow. */
export function composeAudience({ database }: Base, { shop, live, hub }: AudienceNeeds) {
  const follow = createFollow({
    database,
    shop,
    live,
    tell: (userId, news) => hub.publishOrdered(topics.user(userId), { t: 'follow.live', ...news }),
  })
  return { follow }
}
