import { requirePermission } from '@kaibo/contract/core/access'
import type { FileReply, Reply } from '@kaibo/contract/core/endpoint'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { PatrolPicture, PatrolRoom, patrolApi } from '@kaibo/contract/media/patrol'
import { secondMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { PatrolNeeds } from './needs.ts'
import { isLasting, memoryDays, paceOf, riskOf } from './rules.ts'
import * as alerts from './store/alert.ts'
import * as rooms from './store/room.ts'
import { alertViews } from './views.ts'

/** All rooms on air, those that ask for a look first. */
export async function wall(
  needs: PatrolNeeds,
  actor: Actor,
): Promise<Reply<typeof patrolApi.wall>> {
  requirePermission(actor, 'platform.read')
  const { db } = needs.database
  const now = new Date()
  const [watched, openAlertCount] = await Promise.all([rooms.onAir(db), alerts.openCount(db)])
  return {
    items: await roomViews(needs, watched, now),
    reviewer: needs.reviewer?.name ?? null,
    openAlertCount,
    now: now.toISOString(),
  }
}

/** One room on air with its pictures and open alerts. Throws `patrol.not_on_air`. */
export async function room(
  needs: PatrolNeeds,
  actor: Actor,
  liveId: Id,
): Promise<Reply<typeof patrolApi.room>> {
  requirePermission(actor, 'platform.read')
  const { db } = needs.database
  const watched = await rooms.onAir(db, liveId)
  const [view] = await roomViews(needs, watched, new Date())
  if (!view) throw fail('patrol.not_on_air')
  const [pictures, open] = await Promise.all([
    rooms.pictureRows(db, [liveId]),
    alerts.openOf(db, [liveId]),
  ])
  return {
    room: view,
    pictures: pictures.map(pictureView),
    alerts: await alertViews(needs, db, open),
  }
}

const pictureView = ({ id, takenAt }: rooms.PictureRow): PatrolPicture => ({
  id,
  takenAt: takenAt.toISOString(),
})

/** Rooms as tiles of the wall, most risky first: five queries, however many they are. */
async function roomViews(
  { database: { db }, live, verdict }: PatrolNeeds,
  watched: readonly rooms.RoomRow[],
  now: Date,
): Promise<PatrolRoom[]> {
  const ids = watched.map(({ liveId }) => liveId)
  const [cards, pictures, open, verdictCounts] = await Promise.all([
    live.cardsByIds(db, ids),
    rooms.pictureRows(db, ids),
    alerts.openOf(db, ids),
    verdict.countsOf(db, {
      shopIds: [...new Set(watched.map(({ shopId }) => shopId))],
      days: memoryDays,
    }),
  ])
  const newest = new Map(pictures.toReversed().map(picture => [picture.liveId, picture]))
  const openBy = Map.groupBy(open, ({ liveId }) => liveId)
  return watched
    .flatMap((row): PatrolRoom[] => {
      const card = cards.get(row.liveId)
      if (!card) return []
      const picture = newest.get(row.liveId)
      const openAlerts = openBy.get(row.liveId) ?? []
      const verdictCount = verdictCounts.get(row.shopId) ?? 0
      const { onlineCount } = card
      const pictureAgeSec = picture ? (now.getTime() - picture.takenAt.getTime()) / secondMs : null
      const hasFault = row.fault !== null
      return [
        {
          live: card,
          shopId: row.shopId,
          risk: riskOf({ ...row, openAlerts, verdictCount, onlineCount, pictureAgeSec, hasFault }),
          picture: picture ? pictureView(picture) : null,
          findings: row.findings
            .filter(finding => isLasting(finding, row.findingsAt ?? now))
            .map(({ label, score, verdict, since }) => ({ label, score, verdict, since })),
          openAlertCount: openAlerts.length,
          pace: paceOf(row, now),
          isPinned: row.isPinned,
          verdictCount,
        },
      ]
    })
    .toSorted((a, b) => b.risk - a.risk)
}

/** A picture of a room. Throws `patrol.no_picture`. */
export async function picture({ database }: PatrolNeeds, actor: Actor, id: Id): Promise<FileReply> {
  requirePermission(actor, 'platform.read')
  const bytes = await rooms.pictureById(database.db, id)
  if (!bytes) throw fail('patrol.no_picture')
  return { bytes, contentType: 'image/jpeg' }
}

/** Watches a room closely until its end, or not any more. Throws `patrol.not_on_air`. */
export async function pin(
  { database }: PatrolNeeds,
  actor: Actor,
  { id, isPinned }: { id: Id; isPinned: boolean },
): Promise<void> {
  requirePermission(actor, 'platform.manage')
  if (!(await database.tx(tx => rooms.pin(tx, id, isPinned)))) throw fail('patrol.not_on_air')
}
