import type { PresenceReport } from './presence.ts'

/** What hubs tell each other over the bus. */
export type ControlMessage =
  | { readonly kind: 'presence'; readonly nodeId: string; readonly report: PresenceReport }
  | { readonly kind: 'revoke'; readonly sessionId?: string; readonly identityId?: string }
  | { readonly kind: 'evict'; readonly topic: string; readonly identityId: string }

/** The topic name that control messages carry on the bus; no client can name it. */
export const controlTopic = '@control'

/** Reads a control message. Another release may send what this one does not know: undefined. */
export function parseControl(json: string): ControlMessage | undefined {
  const value: unknown = JSON.parse(json)
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined
  const field = (name: string) => {
    const text: unknown = Reflect.get(value, name)
    return typeof text === 'string' ? text : undefined
  }
  const nodeId = field('nodeId')
  const identityId = field('identityId')
  const sessionId = field('sessionId')
  const topic = field('topic')
  if (value.kind === 'presence' && nodeId !== undefined && 'report' in value) {
    return { kind: 'presence', nodeId, report: reportOf(value.report) }
  }
  if (value.kind === 'evict' && topic !== undefined && identityId !== undefined) {
    return { kind: 'evict', topic, identityId }
  }
  if (value.kind !== 'revoke') return undefined
  if (sessionId !== undefined) return { kind: 'revoke', sessionId }
  return identityId === undefined ? undefined : { kind: 'revoke', identityId }
}

function reportOf(value: unknown): PresenceReport {
  if (!Array.isArray(value)) return []
  const rows: readonly unknown[] = value
  return rows.flatMap(row => {
    if (!Array.isArray(row)) return []
    const [name, connectionCount, identityCount]: readonly unknown[] = row
    if (typeof name !== 'string') return []
    if (typeof connectionCount !== 'number' || typeof identityCount !== 'number') return []
    return [[name, connectionCount, identityCount] as const]
  })
}
