import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import { type AppointedRole, type TeamMember, teamChanged } from '@kaibo/contract/show/moderation'
import { publish } from '@kaibo/db/outbox'
import type { Id } from '@kaibo/kernel/ids'
import type { ModerationNeeds } from './sanction.ts'

/** Everybody who works for a shop, longest there first. */
export async function listTeam(
  { database: { db }, shop, account }: ModerationNeeds,
  actor: Actor,
  shopId: Id,
): Promise<TeamMember[]> {
  requireShop(actor, 'room.moderate', shopId)
  const members = await shop.teamOf(db, shopId)
  const ids = members.map(({ userId }) => userId)
  const people = await account.peopleByIds(db, ids)
  return members.flatMap(({ userId, role, since }) => {
    const person = people.get(userId)
    return person ? [{ person, role, since: since.toISOString() }] : []
  })
}

type Place = { shopId: Id; userId: Id }

/**
 * Makes somebody assistant or moderator; who is one already becomes the other. Throws
 * `moderation.no_person`, `team.has_role` for those with another role, `team.full`.
 */
export async function appoint(
  { database, shop, account }: ModerationNeeds,
  actor: Actor,
  { shopId, userId, role }: Place & { role: AppointedRole },
): Promise<TeamMember> {
  requireShop(actor, 'live.host', shopId)
  const person = (await account.peopleByIds(database.db, [userId])).get(userId)
  if (!person) throw fail('moderation.no_person')
  const since = await database.tx(async tx => {
    const appointed = await shop.appoint(tx, { shopId, userId, role })
    if (appointed.isNew) await publish(tx, teamChanged, { shopId, userId, role })
    return appointed.since
  })
  account.forgetPerson(userId)
  return { person, role, since: since.toISOString() }
}

/** Takes the role back; who has none stays without. Throws `team.has_role` for other roles. */
export async function dismiss(
  { database, shop, account }: ModerationNeeds,
  actor: Actor,
  { shopId, userId }: Place,
): Promise<void> {
  requireShop(actor, 'live.host', shopId)
  await database.tx(async tx => {
    const isGone = await shop.dismiss(tx, { shopId, userId })
    if (isGone) await publish(tx, teamChanged, { shopId, userId, role: null })
  })
  account.forgetPerson(userId)
}
