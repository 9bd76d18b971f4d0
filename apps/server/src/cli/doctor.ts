import { existsSync, statfsSync } from 'node:fs'
import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Booted } from '../boot.ts'
import { liveCheck } from './live-check.ts'
import { recordingCheck } from './recording-check.ts'

/** Deliveries listed by name. */
const parkedMax = 20
/** Less free space than this is a finding. */
const freeBytesMin = 1024 ** 3

/** The checks of the modules, and those of the house: queues, fan-out and disk. */
export async function doctorChecks({ kaibo, dataDir }: Booted): Promise<CheckReport> {
  const reports = [
    ...(await Promise.all([
      kaibo.check(),
      queues(kaibo),
      kaibo.fanout.check(),
      liveCheck(kaibo.config, kaibo.liveProvider),
      recordingCheck(kaibo),
    ])),
    disk(dataDir),
  ]
  return {
    ok: reports.every(report => report.ok),
    checks: reports.flatMap(report => report.checks),
    findings: reports.flatMap(report => report.findings),
  }
}

async function queues({ outbox }: Booted['kaibo']): Promise<CheckReport> {
  const parked = await outbox.parked({ limit: parkedMax })
  const { waitingCount } = await outbox.backlog()
  const check = 'no event is stuck'
  const findings = parked.map(({ consumer, event, lastError }) => ({
    check,
    subject: `${event} for ${consumer}`,
    expected: 'delivered',
    found: lastError,
  }))
  return { ok: findings.length === 0, checks: [{ name: check, rows: waitingCount }], findings }
}

function disk(dataDir: string): CheckReport {
  const check = 'the data directory has space'
  if (!existsSync(dataDir)) return { ok: true, checks: [], findings: [] }
  const { bavail, bsize } = statfsSync(dataDir)
  const freeBytes = bavail * bsize
  const isFull = freeBytes < freeBytesMin
  const finding = {
    check,
    subject: dataDir,
    expected: '1 GiB free',
    found: `${freeBytes} bytes free`,
  }
  return { ok: !isFull, checks: [{ name: check, rows: 1 }], findings: isFull ? [finding] : [] }
}
