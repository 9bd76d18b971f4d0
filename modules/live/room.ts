import { requirePermission, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { LiveCard, LiveRoom } from '@kaibo/contract/show/live'
import type { LiveCategory } from '@kaibo/contract/show/live-life'
import type { Id } from '@kaibo/kernel/ids'
import type { LiveNeeds } from './needs.ts'
import type { RoomTokens } from './proof/room-token.ts'
import * as store from './store.ts'
import { type CardNeeds, cardsOf, roomOf } from './views.ts'

/** Rooms in one answer of the feed. */
const feedMax = 60

/** Rooms that are on air, busiest first. */
export async function feed(
  needs: LiveNeeds,
  category: LiveCategory | undefined,
): Promise<{ items: LiveCard[] }> {
  const sessions = await store.onAir(needs.database.db, { category, limit: feedMax })
  return { items: await cardsOf({ ...needs, db: needs.database.db }, sessions) }
}

/** Rooms as cards; unknown ones are missing. */
export async function cardsByIds(needs: CardNeeds, ids: readonly Id[]): Promise<Map<Id, LiveCard>> {
  const cards = await cardsOf(needs, await store.byIds(needs.db, ids))
  return new Map(cards.map(card => [card.id, card]))
}

/** The rooms in which these shops are on air, by shop. */
export async function cardsOnAir(
  needs: CardNeeds,
  shopIds: readonly Id[],
): Promise<Map<Id, LiveCard>> {
  const sessions = await store.onAirOfShops(needs.db, shopIds)
  const cards = await cardsOf(needs, sessions)
  return new Map(cards.map((card, at) => [sessions[at]?.shopId ?? '', card]))
}

/** A room as viewers see it who reached us at `host`. Throws `live.not_found`. */
export async function room(
  needs: LiveNeeds,
  { id, host }: { id: Id; host: string },
): Promise<LiveRoom> {
  const session = await store.byId(needs.database.db, id)
  if (!session) throw fail('live.not_found')
  return roomOf(needs, session, host)
}

/**
 * Proof that a viewer is in a room, for orders at its prices. Not part of {@link room}, which is read
 * once for everybody. Throws `live.not_found`, `live.ended`, `room.kicked`, `room.banned`.
 */
export async function token(
  needs: Pick<LiveNeeds, 'database' | 'requireEntry'> & { tokens: RoomTokens },
  actor: Actor,
  liveId: Id,
): Promise<ReturnType<RoomTokens['issue']>> {
  requirePermission(actor, 'order.buy')
  const { userId } = requireUser(actor)
  const { db } = needs.database
  const session = await store.factsById(db, liveId)
  if (!session) throw fail('live.not_found')
  if (session.state === 'ended') throw fail('live.ended')
  const guest = { liveId, shopId: session.shopId, userId }
  await needs.requireEntry?.(db, guest)
  return needs.tokens.issue(guest)
}
