import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { Recap } from '@kaibo/contract/show/live'
import type { Id } from '@kaibo/kernel/ids'
import { zeroFen } from '@kaibo/kernel/money'
import type { LiveNeeds } from './needs.ts'
import { durationSec } from './rules.ts'
import { readSession } from './session.ts'

const nothing = {
  commentCount: 0,
  orderCount: 0,
  amountFen: zeroFen,
  bestProduct: null,
  explains: [],
  polls: [],
}

/**
 * Totals of an ended session, counted from the tables whenever they are asked for. Throws
 * `live.not_found`, `live.not_ended`.
 */
export async function recap(
  needs: LiveNeeds,
  actor: Actor,
  at: { shopId: Id; id: Id },
): Promise<Recap> {
  const session = await readSession(needs, actor, at)
  if (!session.endedAt) throw fail('live.not_ended')
  const parts = await Promise.all(needs.recapSources().map(count => count(needs.database.db, at)))
  const own = {
    durationSec: durationSec(session.startedAt, session.endedAt),
    peakOnlineCount: session.peakOnlineCount,
    heartCount: session.heartCount,
  }
  return parts.reduce<Recap>((sum, part) => Object.assign(sum, part), { ...nothing, ...own })
}
