import { requireShop, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Person } from '@kaibo/contract/people/account'
import { findsPerDayMax } from '@kaibo/contract/show/moderation'
import type { Id } from '@kaibo/kernel/ids'
import type { ModerationNeeds } from './sanction.ts'
import * as store from './store.ts'

/**
 * The person with exactly this phone number, as others see them; null for nobody. Few a day, so that a
 * shop can ask for people it knows but not go through numbers. Throws `team.find_limit`.
 */
export async function findByPhone(
  { database, account }: ModerationNeeds,
  actor: Actor,
  { shopId, phone }: { shopId: Id; phone: string },
): Promise<Person | null> {
  requireShop(actor, 'live.host', shopId)
  const { userId: byId } = requireUser(actor)
  return database.tx(async tx => {
    await store.lockFinds(tx, shopId)
    if ((await store.findsToday(tx, shopId)) >= findsPerDayMax) throw fail('team.find_limit')
    await store.addFind(tx, { shopId, byId })
    return account.personByPhone(tx, phone)
  })
}
