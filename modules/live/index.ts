import type { Handlers } from '@kaibo/contract/core/handlers'
import type { PatrolReason } from '@kaibo/contract/media/patrol-life'
import type { LiveCard } from '@kaibo/contract/show/live'
import type { liveApi } from '@kaibo/contract/show/live-api'
import type { OrderSource } from '@kaibo/contract/trade/order'
import type { Db, Tx } from '@kaibo/db/database'
import type { Jobs } from '@kaibo/db/jobs'
import type { Id } from '@kaibo/kernel/ids'
import type { LiveFacts, LiveNeeds } from './needs.ts'
import { keyHashOf } from './proof/keys.ts'
import { createPublishTickets } from './proof/publish-ticket.ts'
import { createRoomTokens, type RoomHolder } from './proof/room-token.ts'
import type { CallbackAnswer, CallbackRequest, MediaEvent, RelayLeave } from './provider.ts'
import { cardsByIds, cardsOnAir } from './room.ts'
import { createHandlers } from './routes.ts'
import { type DemoSession, ensureSession } from './session.ts'
import { type SourceFacts, sourcesOf } from './sources.ts'
import { cutStopped, stop, type WhichSessions } from './stop.ts'
import type { Audience } from './store.ts'
import * as store from './store.ts'
import { authorizePublish, endAway, mediaEvents, type PublishVerdict, reconcile } from './stream.ts'
import { takeCallback } from './vendor/callback.ts'

export type { LiveFacts, LiveNeeds, RecapSource, Stage } from './needs.ts'
export type { RoomHolder } from './proof/room-token.ts'
export type {
  BrowserIngest,
  CallbackAnswer,
  CallbackRequest,
  LiveCallback,
  LiveProvider,
  MediaEvent,
  RelayLeave,
} from './provider.ts'
export type { SourceFacts } from './sources.ts'
export type { Audience } from './store.ts'

export type Live = {
  readonly handlers: Handlers<typeof liveApi>
  facts(db: Db, id: Id): Promise<LiveFacts | null>
  /** The same of many; unknown ones are missing. */
  factsByIds(db: Db, ids: readonly Id[]): Promise<Map<Id, LiveFacts>>
  /** Rooms as cards; unknown ones are missing. */
  cardsByIds(db: Db, ids: readonly Id[]): Promise<Map<Id, LiveCard>>
  /** The rooms in which these shops are on air, by shop. */
  cardsOnAir(db: Db, shopIds: readonly Id[]): Promise<Map<Id, LiveCard>>
  /** What is known of the sources that orders name; null for one that does not exist. */
  sourcesOf(db: Db, sources: readonly OrderSource[]): Promise<(SourceFacts | null)[]>
  /** The shops of these rooms; unknown rooms are missing from the map. */
  shopIdsOf(db: Db, ids: readonly Id[]): Promise<Map<Id, Id>>
  /** The room that a shop has open; null when it has none. */
  openIdOf(db: Db, shopId: Id): Promise<Id | null>
  /** Whether a token was given to this person in this room a moment ago. */
  isInRoom(token: string, holder: RoomHolder): boolean
  /** Whether a stream key or a publish ticket may publish, and as which stream. */
  authorizePublish(publisher: { key: string }): Promise<PublishVerdict>
  /** What the provider tells, in its order and at least once. */
  mediaEvents(events: readonly MediaEvent[]): Promise<void>
  /** How many watch some sessions, or all that are on air, and at most did. */
  audiences(db: Db, which: { ids: readonly Id[] } | 'on_air'): Promise<Audience[]>
  /** How many people watch now; keeps the peak. */
  noteOnline(id: Id, count: number): Promise<void>
  /** No process counts viewers yet: what the last one left is not true any more. */
  resetOnline(): Promise<void>
  /** Adds hearts and answers with the total; undefined when the session is not open. */
  addHearts(id: Id, count: number): Promise<number | undefined>
  /**
   * Ends open sessions by order of the platform and says why; returns them. Their streams are cut by
   * {@link Live.cutStopped}, after the commit.
   */
  stop(tx: Tx, which: WhichSessions, reason: PatrolReason): Promise<Id[]>
  /** Cuts streams at once; those that cannot be reached now are cut by {@link Live.reconcile}. */
  cutStopped(ids: readonly Id[]): Promise<void>
  /** Ends rooms whose host stayed away too long; returns how many. */
  endAway(): Promise<number>
  /** Leave for a vendor to push this stream on to us; null when its session is not open. */
  leaveFor(id: Id): Promise<RelayLeave | null>
  /** What a vendor's callback asks or tells, and the answer it waits for. Throws `request.not_found`. */
  takeCallback(kind: string, request: CallbackRequest): Promise<CallbackAnswer>
  /** Makes sessions and provider agree, whatever got lost between them. */
  reconcile(): Promise<void>
  /** Declares what this process does for rooms in the background; before the jobs start. */
  work(jobs: Pick<Jobs, 'every'>): void
  /** Makes sure that a shop has an open session that takes this stream key. */
  ensureSession(tx: Tx, session: DemoSession): Promise<Id>
}

const endAwayEverySec = 2
const reconcileEverySec = 3

/** Live sessions 场次: their life, stream keys, rooms, recap. */
export function createLive(needs: LiveNeeds): Live {
  const { database } = needs
  const endAllAway = () => endAway(needs)
  const tokens = createRoomTokens({ secret: needs.roomSecret, clock: needs.clock })
  const tickets = createPublishTickets({ secret: needs.publishSecret, clock: needs.clock })
  const reconcileAll = () => reconcile(needs)
  return {
    handlers: createHandlers({ ...needs, tokens, tickets }),
    facts: store.factsById,
    factsByIds: store.factsByIds,
    cardsByIds: (db, ids) => cardsByIds({ ...needs, db }, ids),
    cardsOnAir: (db, shopIds) => cardsOnAir({ ...needs, db }, shopIds),
    sourcesOf: (db, sources) => sourcesOf(needs, db, sources),
    shopIdsOf: store.shopIdsOf,
    audiences: store.audiences,
    openIdOf: async (db, shopId) => (await store.openOfShop(db, shopId))?.id ?? null,
    isInRoom: tokens.isValid,
    authorizePublish: publisher => authorizePublish({ ...needs, tickets }, publisher),
    mediaEvents: events => mediaEvents(needs, events),
    noteOnline: (id, count) => database.tx(tx => store.noteOnline(tx, id, count)),
    resetOnline: () => database.tx(store.resetOnline),
    addHearts: (id, count) => database.tx(tx => store.addHearts(tx, id, count)),
    stop,
    cutStopped: ids => cutStopped(needs, ids),
    endAway: endAllAway,
    async leaveFor(id) {
      const keyHash = await keyHashOf(database.db, id)
      if (!keyHash) return null
      return { ticket: tickets.issue({ id, keyHash }).ticket, keyHash: keyHash.toString('hex') }
    },
    takeCallback: (kind, request) => takeCallback({ ...needs, tickets }, kind, request),
    reconcile: reconcileAll,
    work(jobs) {
      jobs.every('live.end_away', endAwayEverySec, async () => void (await endAllAway()))
      jobs.every('live.reconcile', reconcileEverySec, reconcileAll)
    },
    ensureSession,
  }
}
