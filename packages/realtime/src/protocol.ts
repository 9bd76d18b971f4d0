import type { Position } from './bus.ts'

/** The subprotocol that both sides speak; the ticket rides beside it as `ticket.<text>`. */
export const subprotocol = 'kaibo.v1'
export const ticketPrefix = 'ticket.'

export const commandBytesMax = 4_096
export const countPerCommandMax = 100

/** What a client may say: JSON text messages of at most 4 kB. */
export type Command =
  | { readonly t: 'sub'; readonly topic: string; readonly resume?: Position }
  | { readonly t: 'unsub'; readonly topic: string }
  | { readonly t: 'count'; readonly topic: string; readonly key: string; readonly n: number }
  | { readonly t: 'ping' }

const topicPattern = /^[a-z][a-z-]{0,31}(:[A-Za-z0-9_-]{1,64}){0,2}$/
const keyPattern = /^[a-z][a-z-]{0,31}$/
const epochPattern = /^[A-Za-z0-9_-]{1,64}$/

export const isTopicName = (text: unknown): text is string =>
  typeof text === 'string' && topicPattern.test(text)

const isKey = (text: unknown): text is string => typeof text === 'string' && keyPattern.test(text)

const isCount = (value: unknown, max: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= max

type Fields = ReadonlyMap<string, unknown>

/** Reads a command strictly: unknown fields, wrong types and values out of bounds are malformed. */
export function parseCommand(text: string): Command | undefined {
  // Length in UTF-16 units never exceeds the bytes, so this bounds the work before it is done.
  if (text.length > commandBytesMax) return undefined
  const fields = fieldsOf(text)
  switch (fields?.get('t')) {
    case 'sub':
      return parseSub(fields)
    case 'unsub': {
      const topic = fields.get('topic')
      return fields.size === 2 && isTopicName(topic) ? { t: 'unsub', topic } : undefined
    }
    case 'count':
      return parseCount(fields)
    case 'ping':
      return fields.size === 1 ? { t: 'ping' } : undefined
    default:
      return undefined
  }
}

function fieldsOf(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return new Map(Object.entries(value))
  } catch {
    return undefined
  }
}

function parseSub(fields: Fields): Command | undefined {
  const topic = fields.get('topic')
  if (!isTopicName(topic)) return undefined
  if (fields.size === 2) return { t: 'sub', topic }
  const epoch = fields.get('epoch')
  const oseq = fields.get('oseq')
  if (fields.size !== 4 || typeof epoch !== 'string' || !epochPattern.test(epoch)) return undefined
  if (!isCount(oseq, Number.MAX_SAFE_INTEGER)) return undefined
  return { t: 'sub', topic, resume: { epoch, oseq } }
}

function parseCount(fields: Fields): Command | undefined {
  const topic = fields.get('topic')
  const key = fields.get('key')
  const n = fields.get('n')
  if (fields.size !== 4 || !isTopicName(topic) || !isKey(key)) return undefined
  return isCount(n, countPerCommandMax) && n > 0 ? { t: 'count', topic, key, n } : undefined
}
