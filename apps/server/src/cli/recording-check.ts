import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Kaibo } from '../compose.ts'

/** No object has this name. */
const absentKey = 'doctor/absent'

/** Whether recordings add up, and the object store that keeps them answers to our keys. */
export async function recordingCheck({
  recording,
  recordingStore,
  database,
}: Pick<Kaibo, 'recording' | 'recordingStore' | 'database'>): Promise<CheckReport> {
  const books = await recording.check(database.db)
  if (!recordingStore) return books
  const check = 'the object store answers'
  const failure = await recordingStore.get(absentKey).then(
    () => null,
    (error: unknown) => String(error),
  )
  const finding = { check, subject: 'KAIBO_S3_URL', expected: 'an answer', found: failure ?? '' }
  return {
    ok: books.ok && failure === null,
    checks: [...books.checks, { name: check, rows: 1 }],
    findings: failure === null ? books.findings : [...books.findings, finding],
  }
}
