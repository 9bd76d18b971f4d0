import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

const findingsMax = 20
/** A replay takes seconds, or ten minutes when the media process is away. */
const makingMaxMin = 15

/** Whether recordings are what their pieces are, and every replay was made. */
export async function check(db: Db): Promise<CheckReport> {
  const drift = await sql<{ liveId: Id; kept: string; counted: string }>`
    select live_id as "liveId", concat(recording.duration_ms, ' ms, ', recording.bytes, ' bytes') as kept,
      concat(pieces.duration_ms, ' ms, ', pieces.bytes, ' bytes') as counted
    from recording, lateral (select coalesce(sum(duration_ms), 0) as duration_ms,
      coalesce(sum(bytes), 0) as bytes from recording_piece piece
      where piece.live_id = recording.live_id) pieces
    where state in ('recording', 'making', 'ready')
      and (recording.duration_ms <> pieces.duration_ms or recording.bytes <> pieces.bytes)
    order by live_id limit ${findingsMax}`.execute(db)
  const late = await sql<{ liveId: Id; since: Date }>`
    select live_id as "liveId", ended_at as since from recording where state = 'making'
      and ended_at < clock_timestamp() - make_interval(mins => ${makingMaxMin})
    order by ended_at limit ${findingsMax}`.execute(db)
  const { rows } = await sql<{ count: number }>`select count(*) from recording`.execute(db)
  const findings = [
    ...drift.rows.map(({ liveId, kept, counted }) => ({
      check: 'recording.pieces',
      subject: `live ${liveId}`,
      expected: `${counted} by its pieces`,
      found: kept,
    })),
    ...late.rows.map(({ liveId, since }) => ({
      check: 'recording.made',
      subject: `live ${liveId}`,
      expected: 'a replay soon after the end',
      found: `none since ${since.toISOString()}`,
    })),
  ]
  const count = rows[0]?.count ?? 0
  const checks = ['recording.pieces', 'recording.made'].map(name => ({ name, rows: count }))
  return { ok: findings.length === 0, checks, findings }
}
