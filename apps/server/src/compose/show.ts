import { topics } from '@kaibo/contract/topics'
import { createChat } from '@kaibo/modules/chat'
import { createLive, type Live, type LiveNeeds, type RecapSource } from '@kaibo/modules/live'
import { createShowcase } from '@kaibo/modules/showcase'
import type { Hub } from '@kaibo/realtime/hub'
import { createRateLimiter } from '@kaibo/realtime/token-bucket'
import { keptByIds } from '../kept.ts'
import type { Base } from './base.ts'
import type { Goods } from './goods.ts'
import type { People } from './people.ts'
import type { Providers } from './providers.ts'
import type { Trade } from './trade.ts'

/** Comments a person may write: one in 1.5 s, three at once. */
const commentRate = { ratePerSec: 1 / 1.5, burst: 3, keysMax: 50_000 }

/** Names and pictures on room cards may be this old; every viewer of a room asks for them. */
const keptOnCards = { keepMs: 2_000, entriesMax: 5_000 }

export type ShowNeeds = People &
  Pick<Goods, 'catalog'> &
  Pick<Trade, 'order'> &
  Pick<LiveNeeds, 'shopIdsOfLinks'> &
  Pick<Providers, 'liveProvider'> & {
    hub: Pick<Hub, 'publishSocial'>
    /** What the selling tools add to a recap. */
    recapOf: RecapSource
  }

export type Show = ReturnType<typeof composeShow>

/** The live room: the broadcast, what is said in it, what is shown in it. */
export function composeShow(base: Base, needs: ShowNeeds) {
  const { database, clock, config, deriveKey } = base
  const { files, shop, account, catalog, order, liveProvider, shopIdsOfLinks, hub, recapOf } = needs
  const comments = createRateLimiter({ ...commentRate, clock })
  const live: Live = createLive({
    database,
    clock,
    files,
    account: { peopleByIds: keptByIds(account.peopleByIds, { clock, ...keptOnCards }) },
    shop: { shopsByIds: keptByIds(shop.shopsByIds, { clock, ...keptOnCards }) },
    provider: liveProvider,
    shopIdsOfLinks,
    recapSources: () => [
      async (db, { id }) => ({ commentCount: await chat.countOf(db, id) }),
      (db, { id, shopId }) => order.totalsBySource(db, { shopId, source: { kind: 'live', id } }),
      async (db, { id }) => ({ explains: await showcase.explainsOf(db, id) }),
    ],
    roomSecret: deriveKey('room-token'),
    awayGraceSec: config.KAIBO_AWAY_GRACE_SEC,
  })
  const chat = createChat({
    database,
    live,
    account,
    mayWrite: userId => comments.take(userId) > 0,
    say: ({ liveId, authorId, comment }) =>
      hub.publishSocial(topics.live(liveId), { t: 'chat.comment', comment }, { echoTo: authorId }),
  })
  const showcase = createShowcase({ database, clock, live, catalog })
  return { live, chat, showcase }
}
