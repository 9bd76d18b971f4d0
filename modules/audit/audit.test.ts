import type { Actor } from '@kaibo/contract/core/permissions'
import { manualClock } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, operatorActor, shopTeam, system, userActor, visitor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { type AuditFact, createAudit } from './index.ts'
import { canonicalJson } from './rules.ts'

const clock = manualClock(new Date('2026-11-22T02:00:00.123Z'))

const fact = (changes: Partial<AuditFact> = {}): AuditFact => ({
  actor: userActor(),
  action: 'order.ship',
  subject: newId(),
  detail: {},
  ip: '203.0.113.7',
  requestId: newId(),
  ...changes,
})

async function newLog() {
  const { database, connect } = await testDatabase()
  const audit = createAudit({ database, clock })
  const list = (query: { actorId?: string | null; shopId?: string; cursor?: string } = {}) =>
    audit.handlers.list(ctxOf(operatorActor()), { limit: 2, ...query })
  return { database, connect, audit, list }
}

describe('the chain', () => {
  test('lines of two processes at once make one unbroken chain', async () => {
    const { database, connect, audit } = await newLog()
    const elsewhere = createAudit({ database: connect(), clock })
    const records = Array.from({ length: 300 }, (_, n) => [audit, elsewhere][n % 2]?.record(fact()))
    await Promise.all(records)
    const report = await audit.check(database.db)
    expect(report).toEqual({ ok: true, checks: [{ name: 'audit.chain', rows: 300 }], findings: [] })
  })

  test('an empty log is in order', async () => {
    const { database, audit } = await newLog()
    expect(await audit.check(database.db)).toMatchObject({ ok: true })
  })

  test('lines can be neither changed, deleted nor truncated', async () => {
    const { database, audit } = await newLog()
    await audit.record(fact())
    for (const statement of [
      `update audit_entry set action = 'nothing'`,
      'delete from audit_entry',
      'truncate audit_entry',
    ]) {
      await expect(sql.raw(statement).execute(database.db)).rejects.toThrow('append-only')
    }
  })

  test.each([
    ['its detail changed', `update audit_entry set detail = '{"a": 2}' where sequence = 3`, 3],
    ['its time moved', `update audit_entry set at = at + interval '1 s' where sequence = 2`, 2],
    ['another actor', `update audit_entry set actor_id = null where sequence = 4`, 4],
    ['a line taken out', 'delete from audit_entry where sequence = 3', 3],
  ])('the check names the first broken line: %s', async (_how, forgery, sequence) => {
    const { database, audit } = await newLog()
    for (let count = 0; count < 5; count++) await audit.record(fact({ detail: { a: 1 } }))
    // Whoever owns the database can switch the trigger off; the chain is what tells.
    await sql.raw('alter table audit_entry disable trigger user').execute(database.db)
    await sql.raw(forgery).execute(database.db)
    const report = await audit.check(database.db)
    expect(report.ok).toBe(false)
    expect(report.findings.map(finding => finding.subject)).toEqual([`sequence ${sequence}`])
  })

  test('odd details are stored and still verify', async () => {
    const { database, audit } = await newLog()
    await audit.record(
      fact({
        subject: 'nul \0 and half a pair \ud800',
        detail: {
          deep: { a: { b: { c: { d: 1 } } } },
          numbers: [1e21, 0.1, -0, Number.NaN, 2 ** 53],
          text: '\ud83d\0',
          long: '长'.repeat(5_000),
          many: Array.from({ length: 500 }, (_, n) => n),
          nothing: undefined,
          when: new Date(0),
        },
      }),
    )
    expect(await audit.check(database.db)).toMatchObject({ ok: true })
    const { rows } = await sql<{ size: number }>`
      select length(detail::text) as size from audit_entry`.execute(database.db)
    expect(rows[0]?.size).toBeLessThan(1_500)
  })

  test('canonical JSON does not depend on the order of fields', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe(
      canonicalJson({ a: null, b: [{ c: 2, d: 1 }] }),
    )
  })
})

describe('what is kept', () => {
  test('secrets and personal data never reach the log', async () => {
    const { database, audit } = await newLog()
    await audit.record(
      fact({
        subject: 'phone 13812345678',
        detail: {
          phone: '13812345678',
          code: '482913',
          token: 'tok-secret',
          streamKey: 'sk-secret',
          receiver: { name: '王小明' },
          order: { address: '文三路 1 号', note: '打 13812345678 找我', quantity: 3 },
        },
      }),
    )
    const { rows } = await sql<{ line: string }>`
      select audit_entry::text as line from audit_entry`.execute(database.db)
    const line = rows[0]?.line ?? ''
    for (const secret of ['13812345678', '482913', 'tok-secret', 'sk-secret', '王小明', '文三路']) {
      expect(line).not.toContain(secret)
    }
    expect(line).toContain('""quantity"": 3')
  })

  test('a line says who, what and in which shop', async () => {
    const { audit, list } = await newLog()
    const { owner, shopId } = shopTeam()
    await audit.record(fact({ actor: owner, action: 'live.create', detail: { shopId } }))
    await audit.record(fact({ actor: system, action: 'order.close' }))
    expect((await list({ shopId })).items).toMatchObject([
      { sequence: 1, actorId: owner.userId, action: 'live.create', at: '2026-11-22T02:00:00.123Z' },
    ])
    expect((await list({ actorId: null })).items).toMatchObject([{ action: 'order.close' }])
  })
})

describe('reading', () => {
  test('operators page through the log, newest first', async () => {
    const { audit, list } = await newLog()
    for (let count = 0; count < 5; count++) await audit.record(fact())
    const first = await list()
    const second = await list({ cursor: first.next ?? '' })
    const third = await list({ cursor: second.next ?? '' })
    const sequences = [first, second, third].map(page => page.items.map(line => line.sequence))
    expect(sequences).toEqual([[5, 4], [3, 2], [1]])
    expect(third.next).toBeNull()
  })

  test('nobody else reads it', async () => {
    const { audit } = await newLog()
    const read = (actor: Actor) => audit.handlers.list(ctxOf(actor), { limit: 2 })
    await expect(read(visitor)).rejects.toThrow('auth.required')
    await expect(read(shopTeam().owner)).rejects.toThrow('auth.forbidden')
  })
})
