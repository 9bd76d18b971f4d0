import { topics } from '@kaibo/contract/show/topics'
import type { Id } from '@kaibo/kernel/ids'
import { type Chat, type ChatNeeds, createChat, createNotices } from '@kaibo/modules/chat'
import { createLive, type Live, type LiveNeeds, type RecapSource } from '@kaibo/modules/live'
import { createModeration, type Moderation } from '@kaibo/modules/moderation'
import { createPatrol, type Patrol } from '@kaibo/modules/patrol'
import { createShowcase, type Showcase } from '@kaibo/modules/showcase'
import { createVerdicts, type Verdicts } from '@kaibo/modules/verdict'
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
export const keptOnCards = { keepMs: 2_000, entriesMax: 5_000 }

export type ShowNeeds = People &
  Pick<Goods, 'catalog'> &
  Pick<Trade, 'order'> &
  Pick<LiveNeeds, 'shopIdsOfLinks' | 'shopIdsOfVideos'> &
  Pick<ChatNeeds, 'isFollower'> &
  Pick<Providers, 'liveProvider' | 'imageReviewer'> & {
    hub: Pick<Hub, 'publishSocial' | 'publishLatest'>
    /** What the selling tools add to a recap. */
    recapOf: RecapSource
    /** Told of everybody who writes. */
    noted(said: { liveId: Id; userId: Id }): void
  }

export type Show = ReturnType<typeof composeShow>

/** The live room: the broadcast, what is said in it, what is shown in it. */
export function composeShow(base: Base, needs: ShowNeeds) {
  const { database, clock, config, deriveKey } = base
  const { files, shop, account, catalog, order, liveProvider, shopIdsOfLinks, hub, recapOf } = needs
  const { shopIdsOfVideos } = needs
  const { isFollower, wordlist, noted } = needs
  const comments = createRateLimiter({ ...commentRate, clock })
  const live: Live = createLive({
    database,
    clock,
    files,
    account: { peopleByIds: keptByIds(account.peopleByIds, { clock, ...keptOnCards }) },
    shop: { shopsByIds: keptByIds(shop.shopsByIds, { clock, ...keptOnCards }) },
    provider: liveProvider,
    shopIdsOfLinks,
    shopIdsOfVideos,
    recapSources: () => [
      async (db, { id }) => ({ commentCount: await chat.countOf(db, id) }),
      (db, { id, shopId }) => order.totalsBySource(db, { shopId, source: { kind: 'live', id } }),
      async (db, { id }) => ({ explains: await showcase.explainsOf(db, id) }),
      recapOf,
    ],
    requireEntry: (db, guest) => moderation.requireEntry(db, guest),
    banOf: (db, stage) => guard.verdict.banOf(db, stage),
    roomSecret: deriveKey('room-token'),
    publishSecret: deriveKey('publish-ticket'),
    awayGraceSec: config.KAIBO_AWAY_GRACE_SEC,
  })
  const moderation: Moderation = createModeration({ database, live, account, shop })
  const chat: Chat = createChat({
    ...{ database, clock, live, account, moderation, wordlist, isFollower },
    mayWrite: userId => comments.take(userId) > 0,
    say: ({ liveId, authorId, message }) => {
      noted({ liveId, userId: authorId })
      hub.publishSocial(topics.live(liveId), message, { echoTo: authorId })
    },
    tellDesk: ({ shopId, ...queues }) =>
      hub.publishLatest(topics.desk(shopId), `chat:${queues.liveId}`, queues),
  })
  const notices = createNotices({
    ...{ database, clock, account },
    say: (liveId, notice) => hub.publishLatest(topics.live(liveId), 'notice', notice),
  })
  const showcase = createShowcase({ database, clock, live, catalog })
  const guard = composeGuard(base, { ...needs, live, chat, showcase })
  return { live, moderation, chat, notices, showcase, ...guard }
}

type GuardNeeds = Pick<
  ShowNeeds,
  'account' | 'shop' | 'audit' | 'wordlist' | 'liveProvider' | 'imageReviewer'
> & {
  live: Live
  chat: Chat
  showcase: Showcase
}

/** The platform's eyes on rooms, and what it does about them. */
function composeGuard({ database, log, config }: Base, needs: GuardNeeds) {
  const verdict: Verdicts = createVerdicts({
    ...needs,
    database,
    sceneOf: (db, of) => patrol.sceneOf(db, of),
    evidenceDays: config.KAIBO_EVIDENCE_DAYS,
  })
  const { liveProvider: provider } = needs
  const patrol: Patrol = createPatrol({
    ...needs,
    database,
    log,
    provider,
    reviewer: needs.imageReviewer,
    verdict,
  })
  return { verdict, patrol }
}
