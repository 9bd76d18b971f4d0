import type { PatrolAlert } from '@kaibo/contract/media/patrol'
import type { Db } from '@kaibo/db/database'
import type { PatrolNeeds } from './needs.ts'
import type { AlertRow } from './store/alert.ts'

/** Alerts as the staff sees them; somebody who is gone has no name. */
export async function alertViews(
  { live, account }: Pick<PatrolNeeds, 'live' | 'account'>,
  db: Db,
  rows: readonly AlertRow[],
): Promise<PatrolAlert[]> {
  const [cards, people] = await Promise.all([
    live.cardsByIds(db, [...new Set(rows.map(row => row.liveId))]),
    account.peopleByIds(db, [...new Set(rows.flatMap(row => row.handledBy ?? []))]),
  ])
  return rows.flatMap(({ liveId, firstAt, lastAt, handledAt, handledBy, ...row }) => {
    const card = cards.get(liveId)
    if (!card) return []
    return {
      ...row,
      live: card,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
      handledBy: handledBy === null ? null : (people.get(handledBy) ?? null),
      handledAt: handledAt?.toISOString() ?? null,
    }
  })
}
