import { randomBytes } from 'node:crypto'
import type { LiveSession, StreamKey } from '@kaibo/contract/show/live'
import type { Database } from '@kaibo/db/database'
import { createOutbox, type Outbox } from '@kaibo/db/outbox'
import { systemClock } from '@kaibo/kernel/clock'
import { type Id, newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { type Chat, type ChatNeeds, createChat, type Said } from '@kaibo/modules/chat'
import {
  createLive,
  type Live,
  type LiveCallback,
  type LiveNeeds,
  type LiveProvider,
  type MediaEvent,
} from '@kaibo/modules/live'
import { createModeration, type Moderation } from '@kaibo/modules/moderation'
import { createShowcase, type Showcase } from '@kaibo/modules/showcase'
import type { Market } from './commerce.ts'
import { ctxOf, type Team } from './people.ts'

/** Carries pictures in name only, and remembers what it was asked to do. */
export type FakeProvider = LiveProvider & {
  /** Streams that have a picture. */
  onAirIds: Set<Id>
  /** `kick <id>` and `end <id>`, oldest first. */
  asked: string[]
  isDown: boolean
  /** What the vendor's next callbacks say; null = they are not the vendor's. */
  callback: LiveCallback | null
}

export function createFakeProvider(): FakeProvider {
  const cutOff = async (what: string, id: Id) => {
    if (provider.isDown) throw new Error('the provider is down')
    provider.asked.push(`${what} ${id}`)
    provider.onAirIds.delete(id)
  }
  const provider: FakeProvider = {
    async reopen(id) {
      if (provider.isDown) throw new Error('the provider is down')
      provider.asked.push(`reopen ${id}`)
    },
    onAirIds: new Set(),
    asked: [],
    isDown: false,
    callback: null,
    kind: 'fake',
    caps: { gate: 'asked', snapshot: false },
    rtmpUrl: host => `rtmp://${host}/live`,
    pushKey: async ({ secret: streamKey }) => ({ streamKey, expiresAt: null }),
    browserIngest: host => ({
      endpoints: [{ protocol: 'whip', url: `http://${host}/whip` }],
      iceServers: [],
    }),
    play: (id, { host }) => ({
      endpoints: [
        { protocol: 'flv', url: `http://${host}/live/${id}.flv`, expectedLatencyMs: 900 },
        { protocol: 'llhls', url: `http://${host}/live/${id}.m3u8`, expectedLatencyMs: 1_500 },
      ],
      expiresAt: '2026-11-22T06:00:00.000Z',
    }),
    pageOrigins: host => [`http://${host}`],
    kick: id => cutOff('kick', id),
    end: id => cutOff('end', id),
    health: async id => ({
      state: provider.onAirIds.has(id) ? 'live' : 'offline',
      bitrateKbps: 0,
      framesPerSec: 0,
      keyFrameGapMs: 0,
      delayMs: 0,
      codecs: '',
      trouble: null,
    }),
    snapshot: async () => null,
    onAir: async () => (provider.isDown ? null : new Set(provider.onAirIds)),
    verifyCallback: async () => provider.callback,
  }
  return provider
}

export type Stage = {
  live: Live
  chat: Chat
  moderation: Moderation
  showcase: Showcase
  provider: FakeProvider
  outbox: Outbox
  /** What rooms were shown. */
  said: Said[]
  /** What desks were told. */
  toldDesk: Parameters<ChatNeeds['tellDesk']>[0][]
  /** An open session of a shop, and its key. */
  newSession(team: Team): Promise<LiveSession & { shopId: Id; streamKey: string }>
  /** What the provider tells about a stream. */
  tell(streamId: Id, ...types: MediaEvent['type'][]): Promise<void>
}

type StageOptions = Partial<Pick<ChatNeeds, 'mayWrite' | 'isFollower' | 'wordlist'>> &
  Pick<LiveNeeds, 'banOf'> & {
    provider?: FakeProvider
    awayGraceSec?: number
  }

const noWords: ChatNeeds['wordlist'] = {
  check: ({ text }) => ({ verdict: 'pass', masked: text, hits: [] }),
}

/** Rooms with their chat and showcase: called again with another pool, they are another process. */
export function createStage(database: Database, market: Market, options: StageOptions = {}): Stage {
  const { provider = createFakeProvider(), awayGraceSec = 30 } = options
  const { mayWrite = () => true, isFollower = async () => false, wordlist = noWords } = options
  const clock = systemClock
  const { account, shop, files, catalog, order } = market
  const said: Stage['said'] = []
  const toldDesk: Stage['toldDesk'] = []
  const live: Live = createLive({
    database,
    clock,
    files,
    account,
    shop,
    provider,
    // Links are another module's: here there are none.
    shopIdsOfLinks: async () => new Map(),
    shopIdsOfVideos: async () => new Map(),
    recapSources: () => [
      async (db, { id }) => ({ commentCount: await chat.countOf(db, id) }),
      (db, { id, shopId }) => order.totalsBySource(db, { shopId, source: { kind: 'live', id } }),
      async (db, { id }) => ({ explains: await showcase.explainsOf(db, id) }),
    ],
    requireEntry: (db, guest) => moderation.requireEntry(db, guest),
    ...(options.banOf && { banOf: options.banOf }),
    roomSecret: randomBytes(32),
    publishSecret: randomBytes(32),
    awayGraceSec,
  })
  const moderation: Moderation = createModeration({ database, live, account, shop })
  const chat: Chat = createChat({
    ...{ database, clock, live, account, moderation, wordlist, mayWrite, isFollower },
    say: each => void said.push(each),
    tellDesk: each => void toldDesk.push(each),
  })
  const showcase = createShowcase({ database, clock, live, catalog })
  return {
    live,
    chat,
    moderation,
    showcase,
    provider,
    said,
    toldDesk,
    outbox: createOutbox({ database, subscribers: [...showcase.subscribers, ...chat.subscribers] }),
    async newSession({ shopId, host }) {
      const id = newId()
      const wanted = { shopId, id, title: '春茶上新', category: 'tea' as const, coverFileId: null }
      const { session, ingest } = await live.handlers.create(ctxOf(host), wanted)
      const { streamKey } = must<StreamKey>(ingest, 'a key')
      return { ...session, shopId, streamKey }
    },
    tell: (streamId, ...types) =>
      live.mediaEvents(
        types.map(type => ({ id: newId(), streamId, type, at: clock.now().toISOString() })),
      ),
  }
}
