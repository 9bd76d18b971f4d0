import { createCounters } from '../hub/counters.ts'
import { createHub, type Hub } from '../hub/hub.ts'
import type { GateAnswer } from '../hub/publisher.ts'
import type { StreamEvent } from '../hub/stream.ts'
import { createLlHlsChannel, type LlHlsChannel } from '../llhls/channel.ts'
import { createRtmpServer, RTMP_LIMITS, type RtmpLimits } from '../rtmp/server.ts'

export type Ingest = {
  readonly hub: Hub
  readonly events: StreamEvent[]
  readonly refusals: string[]
  readonly channels: Map<string, LlHlsChannel>
  readonly counters: ReturnType<typeof createCounters>
  url(key: string): string
  readonly port: number
  close(): Promise<void>
}

export type IngestOptions = {
  readonly authorize?: (key: string) => Promise<GateAnswer>
  readonly limits?: Partial<RtmpLimits>
  readonly graceMs?: number
}

/** Lets the key `key-NAME` publish the stream NAME. */
const gate = async (key: string): Promise<GateAnswer> =>
  key.startsWith('key-')
    ? { ok: true, streamId: key.slice(4) }
    : { ok: false, reason: 'key_unknown' }

/** A hub on its own, for tests that feed it without a network. */
export const createTestHub = (graceMs = 5_000) => {
  const events: StreamEvent[] = []
  const channels = new Map<string, LlHlsChannel>()
  const counters = createCounters()
  const hub = createHub({
    graceMs,
    streamsMax: 10,
    counters,
    createConsumers: streamId => {
      const channel = createLlHlsChannel()
      channels.set(streamId, channel)
      return [channel.packager]
    },
    onEvent: event => events.push(event),
  })
  return { hub, events, channels, counters }
}

/** A real RTMP server on a free loopback port, with a hub behind it. */
export const startIngest = async (options: IngestOptions = {}): Promise<Ingest> => {
  const refusals: string[] = []
  const parts = createTestHub(options.graceMs)
  const server = createRtmpServer(
    {
      authorize: options.authorize ?? gate,
      openStream: parts.hub.attach,
      onRefused: ({ reason }) => refusals.push(reason),
    },
    { ...RTMP_LIMITS, ...options.limits },
  )
  const port = await server.listen(0, '127.0.0.1')
  return {
    ...parts,
    refusals,
    port,
    url: key => `rtmp://127.0.0.1:${port}/live/${key}`,
    close: server.close,
  }
}

/** Resolves as soon as the condition holds; rejects when it does not within the limit. */
export const until = async (isTrue: () => boolean, limitMs = 20_000): Promise<void> => {
  const deadlineMs = performance.now() + limitMs
  while (!isTrue()) {
    if (performance.now() > deadlineMs) throw new Error('waited in vain')
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}
