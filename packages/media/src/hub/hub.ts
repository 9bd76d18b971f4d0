import type { MediaCounters } from './counters.ts'
import { FlvFeed } from './flv-feed.ts'
import type { PacketConsumer } from './packet.ts'
import type { Publisher, PublishSink } from './publisher.ts'
import { LiveStream, type StreamEvent } from './stream.ts'

export type HubNeeds = {
  /** How long a stream waits for its publisher to come back. */
  readonly graceMs: number
  readonly streamsMax: number
  readonly counters: MediaCounters
  onEvent(event: StreamEvent): void
  /** What else a new stream feeds, beside its FLV viewers. */
  createConsumers(streamId: string): PacketConsumer[]
}

export type Hub = {
  /** Lets a publisher in: creates the stream, resumes it, or takes it over from a silent one. */
  attach(streamId: string, publisher: Publisher): PublishSink | { readonly refused: string }
  /** A stream that viewers may join, also while its publisher is away. */
  find(streamId: string): LiveStream | undefined
  /** Ends a stream now; false when there is none. */
  end(streamId: string, reason: string): boolean
  list(): LiveStream[]
}

/** All streams of this process, by public id. */
export const createHub = (needs: HubNeeds): Hub => {
  const streams = new Map<string, LiveStream>()

  const create = (streamId: string): LiveStream => {
    const stream = new LiveStream(streamId, {
      flv: new FlvFeed(needs.counters),
      consumers: needs.createConsumers(streamId),
      graceMs: needs.graceMs,
      counters: needs.counters,
      onEvent: needs.onEvent,
      onEnded: () => streams.delete(streamId),
    })
    streams.set(streamId, stream)
    return stream
  }

  return {
    attach(streamId, publisher) {
      const known = streams.get(streamId)
      if (known === undefined && streams.size >= needs.streamsMax) {
        return { refused: 'too_many_streams' }
      }
      return (known ?? create(streamId)).attach(publisher)
    },
    find: streamId => streams.get(streamId),
    end(streamId, reason) {
      const stream = streams.get(streamId)
      stream?.end(reason)
      return stream !== undefined
    },
    list: () => [...streams.values()],
  }
}
