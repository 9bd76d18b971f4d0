/** Where a topic's ordered lane stands: `oseq` counts gaplessly within one `epoch`. */
export type Position = { readonly epoch: string; readonly oseq: number }

/** What a client may say; the server reads it strictly. */
export type Command =
  | { readonly t: 'sub'; readonly topic: string; readonly epoch?: string; readonly oseq?: number }
  | { readonly t: 'unsub'; readonly topic: string }
  | { readonly t: 'count'; readonly topic: string; readonly key: string; readonly n: number }
  | { readonly t: 'ping' }

export type ItemsMessage = {
  readonly kind: 'items'
  readonly topic: string
  readonly epoch: string
  /** Number of the first ordered item; the next expected one when there is none. */
  readonly oseqFrom: number
  readonly ordered: readonly unknown[]
  readonly social: readonly unknown[]
}

export type ServerMessage =
  | ItemsMessage
  | ({ readonly kind: 'sub' | 'resync'; readonly topic: string } & Position)
  | { readonly kind: 'pong' }
  | { readonly kind: 'error'; readonly code: string; readonly topic: string | undefined }
  | { readonly kind: 'bye'; readonly afterMs: number }

export const subprotocol = 'kaibo.v1'
export const ticketPrefix = 'ticket.'

/** Reads one message of the server; a newer server may say what we do not know: undefined. */
export function parseServerMessage(text: string): ServerMessage | undefined {
  const parts = partsOf(text)
  if (!parts) return undefined
  const [head, ...rest] = parts
  if (head === '@') return parseControl(rest)
  const [epoch, oseqFrom, ordered, social] = rest
  if (typeof head !== 'string' || typeof epoch !== 'string' || !isOseq(oseqFrom)) return undefined
  if (!Array.isArray(ordered) || !Array.isArray(social)) return undefined
  return { kind: 'items', topic: head, epoch, oseqFrom, ordered, social }
}

function parseControl([kind, first, epoch, oseq]: readonly unknown[]): ServerMessage | undefined {
  switch (kind) {
    case 'sub':
    case 'resync':
      if (typeof first !== 'string' || typeof epoch !== 'string' || !isOseq(oseq)) return undefined
      return { kind, topic: first, epoch, oseq }
    case 'pong':
      return { kind }
    case 'error':
      if (typeof first !== 'string') return undefined
      return { kind, code: first, topic: typeof epoch === 'string' ? epoch : undefined }
    case 'bye':
      return isOseq(first) ? { kind, afterMs: first } : undefined
    default:
      return undefined
  }
}

/** The id in the first message of an event stream: commands are sent under it. */
export function streamIdOf(text: string): string | undefined {
  const [head, kind, id] = partsOf(text) ?? []
  return head === '@' && kind === 'stream' && typeof id === 'string' ? id : undefined
}

const isOseq = (value: unknown): value is number => Number.isSafeInteger(value)

function partsOf(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
