import type { ClipSuggestion } from '@kaibo/contract/media/clip'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { ClipNeeds } from './needs.ts'

/** Whether a session can be cut, which needs no public replay; nothing that the platform stopped can. */
export async function filmOf(
  { live, recording }: Pick<ClipNeeds, 'live' | 'recording'>,
  db: Db,
  liveId: Id,
): Promise<{ isReady: boolean; isStopped: boolean; durationMs: number }> {
  const [session, known] = await Promise.all([
    live.facts(db, liveId),
    recording.factsByIds(db, [liveId]),
  ])
  const kept = known.get(liveId)
  const isStopped = session?.stopReason !== null
  const isReady = kept?.state === 'ready' && !isStopped
  return { isReady, isStopped, durationMs: kept?.durationMs ?? 0 }
}

/** Explanations of a session on the time line of its replay. */
export async function explainsOf(
  { showcase, recording }: Pick<ClipNeeds, 'showcase' | 'recording'>,
  db: Db,
  liveId: Id,
): Promise<ClipSuggestion[]> {
  const marks = await showcase.explainsOf(db, liveId)
  const stretches = marks.map(({ startedAt, seconds }) => {
    const from = new Date(startedAt)
    return { from, to: new Date(from.getTime() + seconds * 1_000) }
  })
  const spans = await recording.spansOf(db, liveId, stretches)
  return marks.flatMap(({ productId, title }, place) => {
    const span = spans[place]
    return span ? { productId, title, ...span } : []
  })
}

/** Those of these sessions whose videos viewers may keep. */
export async function downloadableOf(
  { recording }: Pick<ClipNeeds, 'recording'>,
  db: Db,
  liveIds: readonly Id[],
): Promise<ReadonlySet<Id>> {
  const known = await recording.factsByIds(db, liveIds)
  return new Set(liveIds.filter(id => known.get(id)?.mayDownload))
}
