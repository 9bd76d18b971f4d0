import type { PresenceRow } from './neighbours.ts'

/** What hubs tell each other over the bus; each hears its own words as well. */
export type ControlMessage =
  | {
      readonly kind: 'presence'
      readonly nodeId: string
      /** Counts the messages of the node: a gap shows that one was lost. */
      readonly seq: number
      /** Whether this begins a full report: topics that it does not name are empty. */
      readonly isAll: boolean
      readonly rows: readonly PresenceRow[]
    }
  | { readonly kind: 'presence-ask'; readonly nodeId: string }
  | { readonly kind: 'revoke'; readonly sessionId?: string; readonly identityId?: string }
  | { readonly kind: 'evict'; readonly topic: string; readonly identityId: string }
  /** These tickets were redeemed. */
  | { readonly kind: 'spent'; readonly nonces: readonly string[] }
  /** A command for an event stream that another process holds. */
  | { readonly kind: 'command'; readonly streamId: string; readonly text: string }

/** The topic name that control messages carry on the bus; no client can name it. */
export const controlTopic = '@control'

/** Reads a control message. Another release may send what this one does not know: undefined. */
export function parseControl(json: string): ControlMessage | undefined {
  const value: unknown = JSON.parse(json)
  if (typeof value !== 'object' || value === null) return undefined
  const fields = new Map<string, unknown>(Object.entries(value))
  const text = (name: string) => {
    const field = fields.get(name)
    return typeof field === 'string' ? field : undefined
  }
  const kind = text('kind')
  switch (kind) {
    case 'presence':
      return parsePresence(fields)
    case 'presence-ask': {
      const nodeId = text('nodeId')
      return nodeId === undefined ? undefined : { kind, nodeId }
    }
    case 'evict': {
      const [topic, identityId] = [text('topic'), text('identityId')]
      return topic && identityId ? { kind, topic, identityId } : undefined
    }
    case 'revoke': {
      const [sessionId, identityId] = [text('sessionId'), text('identityId')]
      if (sessionId !== undefined) return { kind, sessionId }
      return identityId === undefined ? undefined : { kind, identityId }
    }
    case 'spent':
      return { kind, nonces: listOf(fields.get('nonces')).filter(isText) }
    case 'command': {
      const [streamId, command] = [text('streamId'), text('text')]
      return streamId && command ? { kind, streamId, text: command } : undefined
    }
    default:
      return undefined
  }
}

function parsePresence(fields: ReadonlyMap<string, unknown>): ControlMessage | undefined {
  const [nodeId, seq] = [fields.get('nodeId'), fields.get('seq')]
  if (!isText(nodeId) || typeof seq !== 'number') return undefined
  const rows = listOf(fields.get('rows')).flatMap(row => {
    const [name, connectionCount, identityCount, sample] = listOf(row)
    if (!isText(name) || !isText(sample)) return []
    if (typeof connectionCount !== 'number' || typeof identityCount !== 'number') return []
    return [[name, connectionCount, identityCount, sample] as const]
  })
  return { kind: 'presence', nodeId, seq, isAll: fields.get('isAll') === true, rows }
}

const isText = (value: unknown): value is string => typeof value === 'string'

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
