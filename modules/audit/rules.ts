import { createHash } from 'node:crypto'
import { type Id, isId } from '@kaibo/kernel/ids'

/** What a transport tells about a call that changed or showed something. */
export type AuditFact = {
  actor: { kind: 'user'; userId: Id } | { kind: 'visitor' | 'system' }
  /** The endpoint's name, such as `order.ship`. */
  action: string
  /** What it was done to, such as an id. */
  subject: string
  /** Whatever helps later; secrets and personal data are taken out. `shopId` makes it filterable. */
  detail: Record<string, unknown>
  ip: string
  requestId: string
}

/** A line of the log before it has its place in the chain. */
export type Draft = {
  at: Date
  actorId: Id | null
  shopId: Id | null
  action: string
  subject: string
  detail: Record<string, unknown>
  ip: string
  requestId: string
}
export type Entry = Draft & { sequence: number; hash: string }

export const genesisHash = '0'.repeat(64)

const textCharsMax = 200
const itemsMax = 30
const depthMax = 4

/** Ends of field names whose values never reach the log. */
const secretField =
  /(phone|code|token|key|secret|password|ticket|cookie|name|address|receiver|province|city|district|detail)$/i
const phoneNumber = /(?<![\w-])1[3-9]\d{9}(?![\w-])/g
const redacted = '[redacted]'

export function draftOf(fact: AuditFact, at: Date): Draft {
  const { shopId } = fact.detail
  return {
    at,
    actorId: fact.actor.kind === 'user' ? fact.actor.userId : null,
    shopId: typeof shopId === 'string' && isId(shopId) ? shopId : null,
    action: plainText(fact.action),
    subject: plainText(fact.subject),
    detail: redactRecord(fact.detail, depthMax),
    ip: plainText(fact.ip),
    requestId: plainText(fact.requestId),
  }
}

/** The line at its place: its hash covers the line before, so no line can change alone. */
export function chain(draft: Draft, before: { sequence: number; hash: string }): Entry {
  const sequence = before.sequence + 1
  return { ...draft, sequence, hash: hashOf({ ...draft, sequence }, before.hash) }
}

/** sha256(previous hash ‖ canonical JSON of everything else). */
export function hashOf(entry: Omit<Entry, 'hash'>, previousHash: string): string {
  const { sequence, actorId, shopId, action, subject, detail, ip, requestId } = entry
  const at = entry.at.toISOString()
  const text = canonicalJson({
    ...{ sequence, at, actorId, shopId, action, subject, detail, ip, requestId },
  })
  return createHash('sha256').update(previousHash).update(text).digest('hex')
}

/** JSON with sorted keys: the same value is the same text, whichever way it went through the database. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

function redactRecord(record: object, depthLeft: number): Record<string, unknown> {
  const fields = Object.entries(record).slice(0, itemsMax)
  return Object.fromEntries(
    fields
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [
        plainText(field),
        secretField.test(field) ? redacted : redactValue(value, depthLeft - 1),
      ]),
  )
}

function redactValue(value: unknown, depthLeft: number): unknown {
  if (typeof value === 'string') return plainText(value)
  if (typeof value === 'boolean' || value === null) return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object' || depthLeft === 0) return '[left out]'
  if (!Array.isArray(value)) return redactRecord(value, depthLeft)
  return value.slice(0, itemsMax).map(item => redactValue(item, depthLeft - 1))
}

/** Short, without phone numbers, and without what a `jsonb` or `text` column refuses. */
const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('\0', '')
    .replace(phoneNumber, redacted)
    .slice(0, textCharsMax)
    .toWellFormed()
