import { requireShop, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { LiveSession, PublishTicket, StreamHealth, StreamKey } from '@kaibo/contract/show/live'
import type { Ladder, LatencyMode, LiveCategory } from '@kaibo/contract/show/live-life'
import type { Tx } from '@kaibo/db/database'
import { sqlState } from '@kaibo/db/log'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { advance, tell } from './life.ts'
import type { LiveNeeds, Stage } from './needs.ts'
import * as keys from './proof/keys.ts'
import type { PublishTickets } from './proof/publish-ticket.ts'
import { hashStreamKey, newStreamKey } from './rules.ts'
import { cutStopped } from './stop.ts'
import * as store from './store.ts'
import { cut } from './stream.ts'
import { sessionOf } from './views.ts'

/** The shop has another open session, or the key another owner. */
const uniqueViolation = '23505'

/** One session of one shop, for somebody who reached us at `host`. */
export type Owned = { shopId: Id; id: Id; host: string }

type NewSession = Owned & {
  title: string
  category: LiveCategory
  latency?: LatencyMode
  ladder?: Ladder
  coverFileId: Id | null
}

/**
 * Creates a session and its stream key, which is told this once: the same call again answers with
 * the session alone. Throws `live.already_open`, `live.banned`, `file.not_found`.
 */
export async function create(
  needs: LiveNeeds,
  actor: Actor,
  wanted: NewSession,
): Promise<{ session: LiveSession; ingest: StreamKey | null }> {
  requireShop(actor, 'live.host', wanted.shopId)
  const { userId: hostId } = requireUser(actor)
  const { database, files } = needs
  await requireStage(needs, { shopId: wanted.shopId, hostId })
  if (wanted.coverFileId) await files.requireFiles(database.db, [wanted.coverFileId])

  const streamKey = newStreamKey()
  const keyHash = hashStreamKey(streamKey)
  const made = await database.tx(tx => store.insert(tx, { ...wanted, hostId, keyHash }))
  if (made)
    return {
      session: sessionOf(needs, made, wanted.host),
      ingest: await ingestOf(needs, wanted, streamKey),
    }
  const known = await store.byId(database.db, wanted.id)
  if (known?.shopId !== wanted.shopId) throw fail('live.already_open')
  return { session: sessionOf(needs, known, wanted.host), ingest: null }
}

/** What an encoder is given. A provider that cannot be reached is asked again by a new key. */
async function ingestOf(
  { provider }: LiveNeeds,
  { id, host }: Omit<Owned, 'shopId'>,
  secret: string,
): Promise<StreamKey> {
  const pushKey = await reach(() => provider.pushKey({ id, secret }))
  return { rtmpUrl: provider.rtmpUrl(host), ...pushKey }
}

const reach = <R>(ask: () => Promise<R>): Promise<R> =>
  ask().catch(() => {
    throw fail('server.busy')
  })

/** Sessions of a shop, newest first. */
export async function listOfShop(
  needs: LiveNeeds,
  actor: Actor,
  { shopId, host, ...page }: { shopId: Id; host: string } & PageQuery,
): Promise<Page<LiveSession>> {
  requireShop(actor, 'live.read', shopId)
  const { items, next } = await store.pageOfShop(needs.database.db, shopId, page)
  return { items: items.map(session => sessionOf(needs, session, host)), next }
}

/** One session of a shop. Throws `live.not_found`. */
export async function view(needs: LiveNeeds, actor: Actor, at: Owned): Promise<LiveSession> {
  return sessionOf(needs, await readSession(needs, actor, at), at.host)
}

type Edit = Owned & store.Edit

/** Changes what a room shows. Throws `live.not_found`, `live.ended`, `file.not_found`. */
export async function update(
  needs: LiveNeeds,
  actor: Actor,
  { shopId, id, host, ...edit }: Edit,
): Promise<LiveSession> {
  const { database, files } = needs
  await ownSession(needs, actor, { shopId, id })
  if (edit.coverFileId) await files.requireFiles(database.db, [edit.coverFileId])
  const changed = await database.tx(async tx => {
    const session = await store.edit(tx, id, edit)
    if (session) await tell(tx, session)
    return session
  })
  if (!changed) throw fail('live.ended')
  return sessionOf(needs, changed, host)
}

/**
 * Makes a new stream key: the old one stops working at once, and whoever publishes with it is cut.
 * Throws `live.not_found`, `live.ended`, `live.banned`.
 */
export async function renewKey(needs: LiveNeeds, actor: Actor, at: Owned): Promise<StreamKey> {
  await requireStage(needs, await ownSession(needs, actor, at))
  const streamKey = newStreamKey()
  const renewed = await needs.database.tx(tx =>
    keys.setKey(tx, at.id, { keyHash: hashStreamKey(streamKey), cutDue: true }),
  )
  if (!renewed) throw fail('live.ended')
  // When the provider cannot be reached now, `reconcile` cuts.
  await cut(needs, at.id).catch(() => {})
  return ingestOf(needs, at, streamKey)
}

/**
 * Where a browser may publish this session, for a minute.
 * Throws `live.not_found`, `live.ended`, `live.banned`, `live.no_browser_ingest`.
 */
export async function publishTicket(
  needs: LiveNeeds & { tickets: PublishTickets },
  actor: Actor,
  { host, ...at }: Owned,
): Promise<PublishTicket> {
  await requireStage(needs, await ownSession(needs, actor, at))
  const { provider, database, tickets } = needs
  const keyHash = await keys.keyHashOf(database.db, at.id)
  if (!keyHash) throw fail('live.ended')
  const issued = tickets.issue({ id: at.id, keyHash })
  const stream = { id: at.id, ticket: issued.ticket }
  const ingest = await reach(async () => provider.browserIngest(host, stream))
  if (ingest.endpoints.length === 0) throw fail('live.no_browser_ingest')
  return { ...ingest, ...issued }
}

/** What arrives from the encoder. Throws `live.not_found`. */
export async function health(
  needs: LiveNeeds,
  actor: Actor,
  at: Omit<Owned, 'host'>,
): Promise<StreamHealth> {
  await readSession(needs, actor, at)
  return needs.provider.health(at.id)
}

/** Ends the session for everybody; once more changes nothing. Throws `live.not_found`. */
export async function end(needs: LiveNeeds, actor: Actor, at: Owned): Promise<LiveSession> {
  await ownSession(needs, actor, at)
  const [ended] = await needs.database.tx(tx => advance(tx, [at.id], 'end'))
  // When the provider cannot be reached now, `reconcile` cuts.
  if (ended) await cutStopped(needs, [at.id])
  return view(needs, actor, at)
}

/**
 * Goes on with a session that ended by mistake, or because its host was away for too long: the key that
 * it had is good again, and the room waits for its host. Once more changes nothing.
 * Throws `live.not_found`, `live.not_reopenable`, `live.already_open`, `live.banned`, `server.busy`.
 */
export async function reopen(needs: LiveNeeds, actor: Actor, at: Owned): Promise<LiveSession> {
  const { database, provider } = needs
  await requireStage(needs, await ownSession(needs, actor, at))
  await database
    .tx(async tx => {
      const [moved] = await advance(tx, [at.id], 'reopen')
      // Last, and undone without it: who may not go on gets no leave from a vendor either.
      if (moved) await reach(async () => provider.reopen?.(at.id))
    })
    .catch((error: unknown) => {
      throw sqlState(error) === uniqueViolation ? fail('live.already_open') : error
    })
  const session = await view(needs, actor, at)
  if (session.state === 'ended') throw fail('live.not_reopenable')
  return session
}

type At = Omit<Owned, 'host'>

/** Whether the platform lets them go live. Throws `live.banned`. */
async function requireStage({ banOf, database }: LiveNeeds, stage: Stage): Promise<void> {
  const ban = await banOf?.(database.db, stage)
  if (ban) throw fail('live.banned', { until: ban.until?.toISOString() ?? null })
}

/** The session, for who hosts this shop. Throws `live.not_found`. */
async function ownSession(needs: LiveNeeds, actor: Actor, at: At): Promise<store.SessionRow> {
  requireShop(actor, 'live.host', at.shopId)
  return sessionOfShop(needs, at)
}

/** The session, for who runs this shop's desk. Throws `live.not_found`. */
export async function readSession(
  needs: LiveNeeds,
  actor: Actor,
  at: At,
): Promise<store.SessionRow> {
  requireShop(actor, 'live.read', at.shopId)
  return sessionOfShop(needs, at)
}

/** The session, if it is of this shop: one of another shop is as unknown as none at all. */
async function sessionOfShop({ database }: LiveNeeds, at: At): Promise<store.SessionRow> {
  const session = await store.byId(database.db, at.id)
  if (session?.shopId !== at.shopId) throw fail('live.not_found')
  return session
}

export type DemoSession = Omit<store.NewSession, 'keyHash'> & { streamKey: string }

/** Makes sure that a shop has an open session that takes `streamKey`: the demo room. */
export async function ensureSession(tx: Tx, { streamKey, ...session }: DemoSession): Promise<Id> {
  const keyHash = hashStreamKey(streamKey)
  const open = await store.openOfShop(tx, session.shopId)
  if (!open) return must(await store.insert(tx, { ...session, keyHash }), 'no session was open').id
  await keys.setKey(tx, open.id, { keyHash, cutDue: false })
  return open.id
}
