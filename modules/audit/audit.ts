import { requirePermission } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { AuditEntry } from '@kaibo/contract/people/audit'
import type { CheckFinding, CheckReport } from '@kaibo/contract/trade/ledger'
import type { Database, Db } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import {
  type AuditFact,
  chain,
  type Draft,
  draftOf,
  type Entry,
  genesisHash,
  hashOf,
} from './rules.ts'
import { append, entriesAfter, lockChain, pageOfEntries } from './store.ts'

export type AuditNeeds = { database: Database; clock: Clock }

const batchMax = 200
const waitingMax = 10_000
const checkPageMax = 1_000

/**
 * Makes the one writer of this process. The chain allows one writer at a time in the whole
 * installation, so what arrives while a batch is being written shares the next transaction. A
 * promise resolves when its line is stored. Rejects with `server.busy` when 10 000 lines wait.
 */
export function createRecorder({ database, clock }: AuditNeeds) {
  const waiting: { draft: Draft; stored: PromiseWithResolvers<void> }[] = []
  let isWriting = false

  const writeWaiting = async () => {
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, batchMax)
      const drafts = batch.map(each => each.draft)
      await appendDrafts(database, drafts).then(
        () => batch.forEach(each => void each.stored.resolve()),
        (error: unknown) => batch.forEach(each => void each.stored.reject(error)),
      )
    }
    isWriting = false
  }

  return async (fact: AuditFact): Promise<void> => {
    if (waiting.length >= waitingMax) throw fail('server.busy')
    const stored = Promise.withResolvers<void>()
    waiting.push({ draft: draftOf(fact, clock.now()), stored })
    if (!isWriting) void writeWaiting()
    await stored.promise
  }
}

/** The log, newest first. */
export async function listEntries(
  { database }: AuditNeeds,
  actor: Actor,
  filter: PageQuery & { actorId?: Id | null; shopId?: Id },
): Promise<Page<AuditEntry>> {
  requirePermission(actor, 'platform.read')
  const { items, next } = await pageOfEntries(database.db, filter)
  return { items: items.map(toView), next }
}

/** Walks the whole chain; the finding names the first line that does not fit. */
export async function checkChain(db: Db): Promise<CheckReport> {
  let last = { sequence: 0, hash: genesisHash }
  let finding: CheckFinding | undefined
  let entries = await entriesAfter(db, last.sequence, checkPageMax)
  while (entries.length > 0 && !finding) {
    for (const entry of entries) {
      finding = misfitOf(entry, last)
      if (finding) break
      last = entry
    }
    entries = await entriesAfter(db, last.sequence, checkPageMax)
  }
  const checks = [{ name: 'audit.chain', rows: last.sequence }]
  return { ok: !finding, checks, findings: finding ? [finding] : [] }
}

function misfitOf(
  entry: Entry,
  last: { sequence: number; hash: string },
): CheckFinding | undefined {
  const check = 'audit.chain'
  const subject = `sequence ${entry.sequence}`
  if (entry.sequence !== last.sequence + 1) {
    const expected = `sequence ${last.sequence + 1}`
    return { check, subject: expected, expected, found: subject }
  }
  const expected = hashOf(entry, last.hash)
  return expected === entry.hash ? undefined : { check, subject, expected, found: entry.hash }
}

async function appendDrafts(database: Database, drafts: readonly Draft[]): Promise<void> {
  await database.tx(async tx => {
    let last = await lockChain(tx)
    const entries = drafts.map(draft => {
      const entry = chain(draft, last)
      last = entry
      return entry
    })
    await append(tx, entries)
  })
}

const toView = ({ sequence, at, actorId, action, subject, detail, hash }: Entry): AuditEntry => ({
  ...{ sequence, at: at.toISOString(), actorId, action, subject, detail, hash },
})
