import { requireShop, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import {
  kickSec,
  type Sanction,
  type SanctionKind,
  type SanctionMoved,
  sanctionMoved,
} from '@kaibo/contract/show/moderation'
import type { Database, Db } from '@kaibo/db/database'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Account } from '@kaibo/modules/account'
import type { Live } from '@kaibo/modules/live'
import type { Shops } from '@kaibo/modules/shop'
import { decideTarget, roleIn, type Target } from './rules.ts'
import * as store from './store.ts'

export type ModerationNeeds = {
  readonly database: Database
  readonly live: Pick<Live, 'facts' | 'shopIdsOf'>
  readonly account: Pick<Account, 'peopleByIds' | 'personByPhone' | 'rolesOf' | 'forgetPerson'>
  readonly shop: Pick<Shops, 'teamOf' | 'appoint' | 'dismiss'>
}

export type NewSanction = {
  shopId: Id
  liveId: Id
  sanctionId: Id
  userId: Id
  kind: SanctionKind
  durationSec: number | null
  reason: string
  removesComments: boolean
}

/**
 * Mutes, kicks or bans somebody; what holds of the same kind makes room for it. Comments of theirs
 * that are being written are either there before, or refused. The same call again changes nothing.
 * Throws `live.not_found`, `moderation.no_person`, `moderation.protected`.
 */
export async function sanction(
  needs: ModerationNeeds,
  actor: Actor,
  wanted: NewSanction,
): Promise<Sanction> {
  const { shopId, liveId, sanctionId: id, userId, kind } = wanted
  requireShop(actor, 'room.moderate', shopId)
  const by = requireUser(actor)
  const { db, tx: run } = needs.database
  const room = await needs.live.facts(db, liveId)
  if (room?.shopId !== shopId) throw fail('live.not_found')
  decideTarget(by, { shopId, hostId: room.hostId, target: await targetOf(needs, db, wanted) })

  const row = await run(async tx => {
    await store.lockPerson(tx, { shopId, userId })
    const known = await store.byId(tx, id)
    if (known) return sameOnly(known, wanted)
    await store.replace(tx, { shopId, userId, kind })
    const { reason, removesComments } = wanted
    const durationSec = kind === 'kick' ? kickSec : wanted.durationSec
    const facts = { id, kind, shopId, liveId, userId, byId: by.userId, reason, durationSec }
    const added = await store.insert(tx, facts)
    if (!added) throw fail('live.not_found')
    await publish(tx, sanctionMoved, newsOf(added, { isActive: true, removesComments }))
    return added
  })
  return viewOf(needs, row)
}

/** Somebody else's id opens nothing. */
function sameOnly(known: store.SanctionRow, wanted: NewSanction): store.SanctionRow {
  const isSame = known.shopId === wanted.shopId && known.userId === wanted.userId
  if (!isSame) throw fail('live.not_found')
  return known
}

/**
 * Takes a sanction back; one that does not hold any more stays as it is. Throws
 * `request.not_found`, `moderation.protected` for one that somebody above gave.
 */
export async function lift(
  needs: ModerationNeeds,
  actor: Actor,
  { shopId, id }: { shopId: Id; id: Id },
): Promise<Sanction> {
  requireShop(actor, 'room.moderate', shopId)
  const by = requireUser(actor)
  const { database } = needs
  const known = await store.byId(database.db, id)
  if (known?.shopId !== shopId) throw fail('request.not_found')
  const { userId } = known
  if (userId === by.userId) throw fail('moderation.protected')
  const row = await database.tx(async tx => {
    await store.lockPerson(tx, { shopId, userId })
    const lifted = await store.lift(tx, { id, byId: by.userId })
    if (lifted) {
      const news = newsOf(lifted, { isActive: false, removesComments: false })
      await publish(tx, sanctionMoved, news)
    }
    return lifted ?? must(await store.byId(tx, id), 'a sanction stays')
  })
  return viewOf(needs, row)
}

/** Sanctions of a shop, newest first: those that hold, or all. */
export async function listSanctions(
  needs: ModerationNeeds,
  actor: Actor,
  { shopId, isActive, ...page }: { shopId: Id; isActive: boolean } & PageQuery,
): Promise<Page<Sanction>> {
  requireShop(actor, 'room.moderate', shopId)
  const { db } = needs.database
  const { items, next } = await store.pageOfShop(db, { shopId, onlyActive: isActive, ...page })
  return { items: await viewsOf(needs, items), next }
}

async function targetOf(
  { account }: ModerationNeeds,
  db: Db,
  { userId, shopId }: { userId: Id; shopId: Id },
): Promise<Target> {
  const people = await account.peopleByIds(db, [userId])
  if (!people.has(userId)) throw fail('moderation.no_person')
  const { roles, memberships } = await account.rolesOf(db, userId)
  return { userId, role: roleIn(memberships, shopId), isOperator: roles.includes('operator') }
}

const newsOf = (
  row: store.SanctionRow,
  news: Pick<SanctionMoved, 'isActive' | 'removesComments'>,
): SanctionMoved => ({
  sanctionId: row.id,
  shopId: row.shopId,
  liveId: row.liveId,
  userId: row.userId,
  kind: row.kind,
  until: row.endsAt?.toISOString() ?? null,
  ...news,
})

async function viewsOf(
  { database, account }: ModerationNeeds,
  rows: readonly store.SanctionRow[],
): Promise<Sanction[]> {
  const ids = rows.flatMap(({ userId, byId, liftedBy }) => [userId, byId, liftedBy ?? userId])
  const people = await account.peopleByIds(database.db, [...new Set(ids)])
  const personOf = (id: Id) => people.get(id) ?? { id, nickname: '', avatarUrl: null }
  return rows.map(row => ({
    id: row.id,
    kind: row.kind,
    person: personOf(row.userId),
    liveId: row.liveId,
    by: personOf(row.byId),
    reason: row.reason,
    at: row.createdAt.toISOString(),
    until: row.endsAt?.toISOString() ?? null,
    isActive: row.isActive,
    liftedBy: row.liftedBy === null ? null : personOf(row.liftedBy),
  }))
}

async function viewOf(needs: ModerationNeeds, row: store.SanctionRow): Promise<Sanction> {
  const [view] = await viewsOf(needs, [row])
  return must(view, 'one row gives one view')
}
