import type { EvidenceContext } from '@kaibo/contract/media/verdict'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import * as alerts from './store/alert.ts'
import * as rooms from './store/room.ts'

/** What was seen and heard of a room: pictures, findings, open alerts. */
export type Scene = Pick<EvidenceContext, 'findings' | 'alerts'> & {
  frames: { takenAt: Date; jpeg: Buffer }[]
}

/** What is kept of a room now: the picture in question first, then the others, newest first. */
export async function sceneOf(
  db: Db,
  { liveId, pictureId }: { liveId: Id; pictureId: Id | null },
): Promise<Scene> {
  const [kept, watched, open] = await Promise.all([
    rooms.pictures(db, liveId),
    rooms.byIds(db, [liveId]),
    alerts.openOf(db, [liveId]),
  ])
  const first = kept.filter(({ id }) => id === pictureId)
  const others = kept.filter(({ id }) => id !== pictureId)
  return {
    frames: [...first, ...others].map(({ takenAt, jpeg }) => ({ takenAt, jpeg })),
    findings: (watched.get(liveId)?.findings ?? []).map(({ label, score, verdict, since }) => ({
      ...{ label, score, verdict, since },
    })),
    alerts: open.map(({ kind, label, excerpt }) => ({ kind, label, excerpt })),
  }
}
