import type { Ladder } from '@kaibo/contract/show/live-life'
import { once } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { advance } from './life.ts'
import type { LiveNeeds } from './needs.ts'
import * as keys from './proof/keys.ts'
import type { PublishTickets } from './proof/publish-ticket.ts'
import type { MediaEvent } from './provider.ts'
import { decideSteps, eventSteps, hashStreamKey, type Step } from './rules.ts'
import { cutStopped, endStream } from './stop.ts'
import * as store from './store.ts'
import { justTold } from './vendor/told.ts'

export type PublishVerdict =
  | { readonly ok: true; readonly streamId: Id; readonly ladder: Ladder }
  /** `streamId`: whose host should hear of it. The publisher itself learns no more than any other. */
  | { readonly ok: false; readonly reason: string; readonly streamId?: Id }

/**
 * A key, or a ticket that was made of it, opens its own session and nothing else; unknown, renewed
 * and of an ended one are alike.
 */
export async function authorizePublish(
  needs: Pick<LiveNeeds, 'database' | 'banOf'> & { tickets: PublishTickets },
  { key }: { key: string },
): Promise<PublishVerdict> {
  const { db } = needs.database
  const claim = needs.tickets.read(key)
  const keyHash = claim ? await keys.keyHashOf(db, claim.liveId) : hashStreamKey(key)
  if (!keyHash || claim?.isGood(keyHash) === false) return { ok: false, reason: 'unknown_key' }
  const session = await keys.openByKey(db, keyHash)
  if (!session) {
    const streamId = claim ? undefined : await keys.openByOldKey(db, keyHash)
    return { ok: false, reason: 'unknown_key', ...(streamId && { streamId }) }
  }
  if (await needs.banOf?.(db, session)) return { ok: false, reason: 'banned', streamId: session.id }
  return { ok: true, streamId: session.id, ladder: session.ladder }
}

/** Moves sessions as the provider tells; each event once, however often it arrives. */
export async function mediaEvents(
  { database }: LiveNeeds,
  events: readonly MediaEvent[],
): Promise<void> {
  for (const { id, streamId, type } of events) {
    const step = eventSteps[type]
    if (step) await database.tx(tx => once(tx, `media:${id}`, () => advance(tx, [streamId], step)))
  }
}

const endAwayMax = 50

/** Ends rooms whose host stayed away too long, and their streams; returns how many. */
export async function endAway(needs: LiveNeeds): Promise<number> {
  const { database, awayGraceSec } = needs
  const ended = await database.tx(async tx => {
    const ids = await store.lockAway(tx, { graceSec: awayGraceSec, limit: endAwayMax })
    return advance(tx, ids, 'end')
  })
  await cutStopped(
    needs,
    ended.map(({ id }) => id),
  )
  return ended.length
}

/**
 * Makes sessions and provider agree, because a process that is killed takes its events with it.
 * Sessions are read before the provider is asked: what happens in between is then told by an event.
 * A stream that cannot be cut keeps no other one waiting; the failure is thrown at the end.
 */
export async function reconcile(needs: LiveNeeds): Promise<void> {
  const { db } = needs.database
  const due = await keys.cutDue(db)
  const cuts = await Promise.allSettled(due.map(id => cut(needs, id)))
  const steps = await agree(needs)
  const failed = [...cuts, ...steps].find(each => each.status === 'rejected')
  if (failed) throw failed.reason
}

async function agree(needs: LiveNeeds): Promise<PromiseSettledResult<void>[]> {
  const { db } = needs.database
  const sessions = await store.onAirStates(db)
  const withPicture = await needs.provider.onAir()
  if (!withPicture) return []
  const others = [...withPicture].filter(id => !sessions.has(id))
  const known = new Map([...sessions, ...(await store.statesByIds(db, others))])
  const unsettled = await justTold(db)
  const steps = decideSteps(known, withPicture).filter(({ id }) => !unsettled.has(id))
  return Promise.allSettled(steps.map(step => take(needs, step)))
}

async function take(needs: LiveNeeds, { id, do: event }: Step): Promise<void> {
  if (event === 'cut') await endStream(needs, id)
  else await needs.database.tx(tx => advance(tx, [id], event))
}

/** Cuts whoever publishes with a key that is no longer good. */
export async function cut({ database, provider }: LiveNeeds, id: Id): Promise<void> {
  await provider.kick(id, 'key_renewed')
  await database.tx(tx => keys.setCut(tx, id))
}
