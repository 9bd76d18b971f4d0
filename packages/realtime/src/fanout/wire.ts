import type { LossyMessage, OrderedDelivery } from '../bus.ts'

export type LossyDelivery = LossyMessage & { readonly topic: string }

/** A notice that a topic has a new item; a store may leave a long item out, to be read from it. */
export type Notice = Omit<OrderedDelivery, 'lane' | 'json'> & { readonly json: string | undefined }

/**
 * Puts messages into as few payloads as possible: `s`, the sender, then one line per message. What is
 * longer than a payload is `lost`; only lossy lanes come this way.
 */
export function packLossy(
  messages: readonly LossyDelivery[],
  { nodeId, payloadBytesMax }: { nodeId: string; payloadBytesMax: number },
): { payloads: string[]; lostCount: number } {
  const head = `s\n${nodeId}`
  const payloads: string[] = []
  let lostCount = 0
  let payload = head
  for (const message of messages) {
    const line = `\n${JSON.stringify(message)}`
    if (Buffer.byteLength(head + line) > payloadBytesMax) {
      lostCount++
      continue
    }
    if (Buffer.byteLength(payload + line) > payloadBytesMax) {
      payloads.push(payload)
      payload = head
    }
    payload += line
  }
  if (payload !== head) payloads.push(payload)
  return { payloads, lostCount }
}

export type Payload =
  | { readonly kind: 'lossy'; readonly nodeId: string; readonly messages: LossyDelivery[] }
  | { readonly kind: 'ordered'; readonly notice: Notice }

/** Reads a payload of ours; anything else on the channel is none of our business: undefined. */
export function parsePayload(payload: string): Payload | undefined {
  const [kind, ...lines] = payload.split('\n')
  if (kind === 's') {
    const [nodeId = '', ...rest] = lines
    return { kind: 'lossy', nodeId, messages: rest.flatMap(line => parseLossy(line) ?? []) }
  }
  // `o`, written by the stores: topic, epoch, oseq, time and item, a line each.
  const [topic, epoch, oseq, atMs, json] = lines
  if (kind !== 'o' || !topic || !epoch || json === undefined) return undefined
  const notice = { topic, epoch, oseq: Number(oseq), atMs: Number(atMs), json: json || undefined }
  return { kind: 'ordered', notice }
}

function parseLossy(line: string): LossyDelivery | undefined {
  const value: unknown = JSON.parse(line)
  if (typeof value !== 'object' || value === null) return undefined
  const field = (name: string) => {
    const text: unknown = Reflect.get(value, name)
    return typeof text === 'string' ? text : undefined
  }
  const [lane, topic, json] = [field('lane'), field('topic'), field('json')]
  if (topic === undefined || json === undefined) return undefined
  const echoTo = field('echoTo')
  if (lane === 'social') return { lane, topic, json, ...(echoTo !== undefined && { echoTo }) }
  if (lane === 'control') return { lane, topic, json }
  const key = field('key')
  return lane === 'latest' && key !== undefined ? { lane, topic, key, json } : undefined
}
