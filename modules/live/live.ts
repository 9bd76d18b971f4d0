import { requireShop } from '@kaibo/contract/access'
import { fail } from '@kaibo/contract/fail'
import {
  type LiveRoom,
  type LiveSession,
  liveMoved,
  type Recap,
  type StreamKey,
} from '@kaibo/contract/live'
import type { LiveCategory } from '@kaibo/contract/live-life'
import type { Actor } from '@kaibo/contract/permissions'
import type { Db, Tx } from '@kaibo/db/database'
import { once, publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { LiveFacts, LiveNeeds, RecapSource } from './index.ts'
import type { MediaEvent } from './provider.ts'
import { durationSec, hashStreamKey, newStreamKey } from './rules.ts'
import * as store from './store.ts'
import { cardsOf, factsOf, roomOf, sessionOf } from './views.ts'

/** Rooms in one answer of the feed. */
const feedMax = 60
/** Away rooms ended in one run of the job. */
const endAwayMax = 50

export function createLiveUseCases(needs: LiveNeeds) {
  const { database, files, provider } = needs
  const { db } = database

  async function ownSession(actor: Actor, at: { shopId: Id; id: Id }) {
    requireShop(actor, 'live.host', at.shopId)
    const row = await store.byId(db, at.id)
    if (row?.shop_id !== at.shopId) throw fail('live.not_found')
    return row
  }

  async function moved(tx: Tx, row: store.SessionRow | undefined): Promise<void> {
    if (!row) return
    await publish(tx, liveMoved, { liveId: row.id, shopId: row.shop_id, state: factsOf(row).state })
  }

  const move = (id: Id, event: 'publish' | 'lose' | 'end') =>
    database.tx(async tx => {
      const row = await store.move(tx, id, event)
      await moved(tx, row)
      return row
    })

  /** Ends a session and then its stream; the stream is cut again by `reconcile` if this fails. */
  async function endSession(id: Id): Promise<void> {
    if (await move(id, 'end')) await provider.end(id).catch(() => undefined)
  }

  return {
    async feed(category: LiveCategory | undefined) {
      const rows = await store.onAir(db, { category, limit: feedMax })
      return { items: await cardsOf(needs, rows) }
    },

    async room(id: Id, host: string): Promise<LiveRoom> {
      const row = await store.byId(db, id)
      if (!row) throw fail('live.not_found')
      return roomOf(needs, row, host)
    },

    async create(
      actor: Actor,
      input: {
        id: Id
        shopId: Id
        title: string
        category: LiveCategory
        coverFileId: Id | null
        host: string
      },
    ): Promise<{ session: LiveSession; ingest: StreamKey | null }> {
      requireShop(actor, 'live.host', input.shopId)
      if (input.coverFileId) await files.requireFiles(db, [input.coverFileId])
      const streamKey = newStreamKey()
      const hostId = must(actor.kind === 'user' ? actor.userId : null, 'a host is a person')
      const made = await database.tx(tx =>
        store.insert(tx, { ...input, hostId, keyHash: hashStreamKey(streamKey) }),
      )
      if (made) {
        const rtmpUrl = provider.rtmpUrl(input.host)
        return { session: sessionOf(needs, made, input.host), ingest: { rtmpUrl, streamKey } }
      }
      // The same call again: the session is there, but its key was shown already.
      const known = await store.byId(db, input.id)
      if (known?.shop_id !== input.shopId) throw fail('live.already_open')
      return { session: sessionOf(needs, known, input.host), ingest: null }
    },

    async sessions(
      actor: Actor,
      query: { shopId: Id; cursor?: string; limit: number; host: string },
    ) {
      requireShop(actor, 'live.host', query.shopId)
      const page = await store.pageOfShop(db, query.shopId, query)
      return { items: page.items.map(row => sessionOf(needs, row, query.host)), next: page.next }
    },

    session: async (actor: Actor, at: { shopId: Id; id: Id; host: string }) =>
      sessionOf(needs, await ownSession(actor, at), at.host),

    async update(
      actor: Actor,
      edit: {
        shopId: Id
        id: Id
        host: string
        title?: string
        category?: LiveCategory
        coverFileId?: Id
      },
    ): Promise<LiveSession> {
      await ownSession(actor, edit)
      if (edit.coverFileId) await files.requireFiles(db, [edit.coverFileId])
      const set = {
        ...(edit.title === undefined ? {} : { title: edit.title }),
        ...(edit.category === undefined ? {} : { category: edit.category }),
        ...(edit.coverFileId === undefined ? {} : { cover_file_id: edit.coverFileId }),
      }
      const row = await database.tx(async tx => {
        const changed = Object.keys(set).length > 0 ? await store.edit(tx, edit.id, set) : undefined
        await moved(tx, changed)
        return changed
      })
      if (!row && Object.keys(set).length > 0) throw fail('live.ended')
      return sessionOf(needs, row ?? (await ownSession(actor, edit)), edit.host)
    },

    /** The old key stops working at once and its publisher is cut. */
    async renewKey(actor: Actor, at: { shopId: Id; id: Id; host: string }): Promise<StreamKey> {
      await ownSession(actor, at)
      const streamKey = newStreamKey()
      const row = await database.tx(tx =>
        store.edit(tx, at.id, { key_hash: hashStreamKey(streamKey) }),
      )
      if (!row) throw fail('live.ended')
      await provider.kick(at.id, 'key_renewed').catch(() => undefined)
      return { rtmpUrl: provider.rtmpUrl(at.host), streamKey }
    },

    async health(actor: Actor, at: { shopId: Id; id: Id }) {
      await ownSession(actor, at)
      return provider.health(at.id)
    },

    async end(actor: Actor, at: { shopId: Id; id: Id; host: string }): Promise<LiveSession> {
      await ownSession(actor, at)
      await endSession(at.id)
      return sessionOf(needs, await ownSession(actor, at), at.host)
    },

    async recap(actor: Actor, at: { shopId: Id; id: Id }): Promise<Recap> {
      const row = await ownSession(actor, at)
      if (!row.ended_at) throw fail('live.not_ended')
      const parts = await Promise.all(
        needs.recapSources().map((source: RecapSource) => source(db, at)),
      )
      const counted = { commentCount: 0, orderCount: 0, amountFen: 0, explains: [] }
      return Object.assign(counted, ...parts, {
        durationSec: durationSec(row.started_at, row.ended_at),
        peakOnlineCount: row.peak_online_count,
        heartCount: row.heart_count,
      })
    },

    async facts(reader: Db, id: Id): Promise<LiveFacts | null> {
      const row = await store.byId(reader, id)
      return row ? factsOf(row) : null
    },

    async authorizePublish({ key }: { key: string }) {
      const row = await store.byKeyHash(db, hashStreamKey(key))
      return row
        ? { ok: true as const, streamId: row.id }
        : { ok: false as const, reason: 'unknown_key' }
    },

    /** At-least-once from the provider; each event moves a session at most once. */
    async mediaEvents(events: readonly MediaEvent[]): Promise<void> {
      for (const event of events) {
        const step = stepOf(event.type)
        if (!step) continue
        await database.tx(tx =>
          once(tx, `media:${event.id}`, async () =>
            moved(tx, await store.move(tx, event.streamId, step)),
          ),
        )
      }
    },

    noteOnline: (id: Id, count: number) => store.noteOnline(db, id, count),
    resetOnline: () => store.resetOnline(db),
    addHearts: (id: Id, count: number) => store.addHearts(db, id, count),

    /** Ends rooms whose host stayed away too long; returns how many. */
    async endAway(): Promise<number> {
      const ids = await store.awayLongerThan(db, {
        graceSec: needs.awayGraceSec,
        limit: endAwayMax,
      })
      for (const id of ids) await endSession(id)
      return ids.length
    },

    /**
     * Makes sessions agree with the provider, whose events may be lost when it is killed: a live
     * session without a picture is away, an away one with a picture is live, an ended one is cut.
     */
    async reconcile(): Promise<void> {
      const streaming = await provider.onAir()
      if (!streaming) return
      const rows = await store.onAir(db, { limit: 1_000 })
      for (const row of rows) {
        if (row.state === 'live' && !streaming.has(row.id)) await move(row.id, 'lose')
        if (row.state === 'away' && streaming.has(row.id)) await move(row.id, 'publish')
      }
      const open = new Set(rows.map(row => row.id))
      for (const id of streaming) {
        if (open.has(id)) continue
        const row = await store.byId(db, id)
        if (!row || row.state === 'ended') await provider.end(id)
        else await move(id, 'publish')
      }
    },

    /** Makes sure that a shop has an open session that takes `streamKey`: the demo room. */
    async ensureSession(
      tx: Tx,
      session: Omit<store.NewSession, 'keyHash'> & { streamKey: string },
    ): Promise<Id> {
      const keyHash = hashStreamKey(session.streamKey)
      const open = await store.openOfShop(tx, session.shopId)
      if (open) {
        await store.edit(tx, open.id, { key_hash: keyHash })
        return open.id
      }
      return must(await store.insert(tx, { ...session, keyHash }), 'no session was open').id
    },
  }
}

function stepOf(type: MediaEvent['type']): 'publish' | 'lose' | null {
  if (type === 'publish_start' || type === 'resume') return 'publish'
  return type === 'error' ? null : 'lose'
}
