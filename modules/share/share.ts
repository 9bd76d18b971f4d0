import { requirePermission, requireShop, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import { type ShareCard, type SharerTotals, sharersMax } from '@kaibo/contract/people/share'
import { shareParam } from '@kaibo/contract/people/share-link'
import type { Database } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { Account } from '@kaibo/modules/account'
import type { Live } from '@kaibo/modules/live'
import type { Orders } from '@kaibo/modules/order'
import * as store from './store.ts'

export type ShareNeeds = {
  readonly database: Database
  readonly live: Pick<Live, 'cardsByIds' | 'facts'>
  readonly account: Pick<Account, 'peopleByIds'>
  readonly order: Pick<Orders, 'standingsByIds'>
  /** Where people reach the site who reached it at `host`, without a slash at the end. */
  originOf(host: string): string
}

/**
 * A card of a room to share. Whoever is signed in shares a link of their own, the same one each time.
 * Throws `live.not_found`.
 */
export async function card(
  { database, live, originOf }: ShareNeeds,
  actor: Actor,
  { liveId, host }: { liveId: Id; host: string },
): Promise<ShareCard> {
  const [facts, cards] = await Promise.all([
    live.facts(database.db, liveId),
    live.cardsByIds(database.db, [liveId]),
  ])
  const room = cards.get(liveId)
  if (!facts || !room) throw fail('live.not_found')
  const { shopId } = facts
  const shareId =
    actor.kind === 'user'
      ? await database.tx(tx => store.ensureLink(tx, { liveId, shopId, sharerId: actor.userId }))
      : null
  const origin = originOf(host)
  const query = shareId === null ? '' : `?${shareParam}=${shareId}`
  return {
    shareId,
    url: `${origin}/live/${liveId}${query}`,
    title: room.title,
    text: [room.shopName, room.host.nickname].filter(Boolean).join(' · '),
    imageUrl: room.coverUrl && new URL(room.coverUrl, origin).href,
  }
}

type Visit = { liveId: Id; shareId: Id; deviceId: Id }

/**
 * Somebody entered a room by a link: counted once per person, or per browser of who is not signed in,
 * and not for the sharer. A link that does not exist, or leads elsewhere, is nobody's.
 */
export async function visit(
  { database }: ShareNeeds,
  actor: Actor,
  { liveId, shareId, deviceId }: Visit,
): Promise<{ isCounted: boolean }> {
  const link = await store.linkById(database.db, shareId)
  if (link?.liveId !== liveId) return { isCounted: false }
  const isOwn = actor.kind === 'user' && actor.userId === link.sharerId
  await database.tx(async tx => {
    if (actor.kind !== 'user') await store.noteDevice(tx, { link, deviceId })
    else if (isOwn) await store.forgetDevice(tx, { link, deviceId })
    else await store.notePerson(tx, { link, deviceId, userId: actor.userId })
  })
  return { isCounted: !isOwn }
}

/** What came of the actor's link. Throws `live.not_found`. */
export async function mine(
  { database: { db }, live }: ShareNeeds,
  actor: Actor,
  liveId: Id,
): Promise<Pick<SharerTotals, 'visitorCount' | 'orderCount'>> {
  requirePermission(actor, 'account.self')
  const { userId: sharerId } = requireUser(actor)
  if (!(await live.facts(db, liveId))) throw fail('live.not_found')
  const [totals] = await store.totalsOf(db, { liveId, sharerId, limit: 1 })
  return { visitorCount: totals?.visitorCount ?? 0, orderCount: totals?.orderCount ?? 0 }
}

/** Who shared a session of the shop and what came of it, the most visitors first. Throws `live.not_found`. */
export async function ofRoom(
  { database: { db }, live, account }: ShareNeeds,
  actor: Actor,
  { shopId, id: liveId }: { shopId: Id; id: Id },
): Promise<{ items: SharerTotals[] }> {
  requireShop(actor, 'live.host', shopId)
  if ((await live.facts(db, liveId))?.shopId !== shopId) throw fail('live.not_found')
  const rows = await store.totalsOf(db, { liveId, limit: sharersMax })
  const people = await account.peopleByIds(
    db,
    rows.map(row => row.sharerId),
  )
  const items = rows.map(({ sharerId: id, ...totals }) => ({
    sharer: people.get(id) ?? { id, nickname: '', avatarUrl: null },
    ...totals,
  }))
  return { items }
}
