import { type ClipFailure, clipLife } from '@kaibo/contract/media/clip-life'
import type { Tx } from '@kaibo/db/database'
import type { Tables } from '@kaibo/db/tables.gen'
import type { Id } from '@kaibo/kernel/ids'
import { sql, type Updateable } from 'kysely'
import { type ClipRow, clipById } from './store.ts'

/** `quick` copies, in a moment · `slow` encodes. Each does one at a time in the whole installation. */
export type Lane = 'quick' | 'slow'

/** A claim on a clip: whoever settles it must name the attempt, so that one who was given up cannot. */
export type Claim = { clip: ClipRow; work: 'cut' | 'download'; attempt: number }

/** A process that says nothing for this long has died. */
export const leaseSec = 20

const dueIn = (lane: Lane) =>
  lane === 'quick'
    ? sql<boolean>`state in ('waiting', 'cutting') and mode = 'copy'`
    : sql<boolean>`(state in ('waiting', 'cutting') and mode = 'exact')
        or (state = 'ready' and download_state = 'making')`

/** Takes the oldest work of a lane, or what somebody who died left; undefined while one is at work. */
export async function claim(tx: Tx, lane: Lane): Promise<Claim | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended('clip lane ' || ${lane}, 0))`.execute(tx)
  const { rows } = await sql<{ id: Id }>`
    update clip set lease_until = clock_timestamp() + make_interval(secs => ${leaseSec}),
      attempt_count = attempt_count + 1,
      state = case when state = 'ready' then state else ${clipLife.target('begin')} end
    where id = (select id from clip where ${dueIn(lane)} order by created_at, id limit 1)
      and not exists (
        select from clip where (${dueIn(lane)}) and lease_until > clock_timestamp())
    returning id`.execute(tx)
  const clip = rows[0] && (await clipById(tx, rows[0].id))
  if (!clip) return undefined
  return { clip, work: clip.state === 'ready' ? 'download' : 'cut', attempt: clip.attemptCount }
}

/** Says that one is still at work; false when the claim is not ours any more. */
export async function renewLease(tx: Tx, { clip, attempt }: Claim): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update clip set lease_until = clock_timestamp() + make_interval(secs => ${leaseSec})
    where id = ${clip.id} and attempt_count = ${attempt}
      and (state = 'cutting' or download_state = 'making')`.execute(tx)
  return numAffectedRows === 1n
}

/** Gives work back that was not done, as if it had never been begun. */
export const release = (tx: Tx, held: Claim): Promise<boolean> =>
  onHeld(tx, held, { lease_until: null, attempt_count: held.attempt - 1 })

const done = { lease_until: null, attempt_count: 0 }

export type Cut = { durationMs: number; byteCount: number; posterFileId: Id | null }

/** The clip is there; false when it was removed meanwhile, or given to another. */
export const settleCut = (tx: Tx, held: Claim, cut: Cut): Promise<boolean> =>
  onHeld(tx, held, {
    ...done,
    state: clipLife.target('finish'),
    duration_ms: cut.durationMs,
    byte_count: cut.byteCount,
    poster_file_id: cut.posterFileId,
  })

export const settleDownload = (tx: Tx, held: Claim): Promise<boolean> =>
  onHeld(tx, held, { ...done, download_state: 'ready' })

export const settleFailure = (tx: Tx, held: Claim, failure: ClipFailure): Promise<boolean> =>
  onHeld(tx, held, {
    ...done,
    ...(held.work === 'cut'
      ? { state: clipLife.target('break'), failure }
      : { download_state: 'failed' }),
  })

/** Changes a clip as long as nobody else was given the work. */
async function onHeld(
  tx: Tx,
  { clip, work, attempt }: Claim,
  change: Updateable<Tables['clip']>,
): Promise<boolean> {
  const query = tx
    .updateTable('clip')
    .set(change)
    .where('id', '=', clip.id)
    .where('attempt_count', '=', attempt)
  const { numUpdatedRows } = await (work === 'cut'
    ? query.where('state', '=', 'cutting')
    : query.where('download_state', '=', 'making')
  ).executeTakeFirst()
  return numUpdatedRows === 1n
}
