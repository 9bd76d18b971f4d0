import { requireShop, requireUser } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Standing } from '@kaibo/contract/media/verdict'
import type { Id } from '@kaibo/kernel/ids'
import type { VerdictNeeds } from './needs.ts'
import * as store from './store/verdict.ts'
import { banOf } from './verdict.ts'

/** What the platform decided about a shop, and what keeps it or the asker from going live. */
export async function standing(
  { database: { db } }: Pick<VerdictNeeds, 'database'>,
  actor: Actor,
  shopId: Id,
): Promise<Standing> {
  requireShop(actor, 'live.read', shopId)
  const [ban, notices] = await Promise.all([
    banOf(db, { shopId, hostId: requireUser(actor).userId }),
    store.noticesOf(db, shopId),
  ])
  return {
    ban: ban && { reason: ban.reason, until: ban.until?.toISOString() ?? null },
    notices: notices.map(({ id, kind, liveId, reason, note, at, seenAt }) => ({
      ...{ id, kind, liveId, reason, note },
      at: at.toISOString(),
      seenAt: seenAt?.toISOString() ?? null,
    })),
  }
}

/** Somebody of the shop has read it. Throws `verdict.not_found`. */
export async function seen(
  { database }: Pick<VerdictNeeds, 'database'>,
  actor: Actor,
  at: { shopId: Id; id: Id },
): Promise<void> {
  requireShop(actor, 'live.read', at.shopId)
  if (!(await database.tx(tx => store.setSeen(tx, at)))) throw fail('verdict.not_found')
}
