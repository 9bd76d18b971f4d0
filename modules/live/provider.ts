import type { Play, PublishTicket, StreamHealth } from '@kaibo/contract/show/live'
import type { LatencyMode } from '@kaibo/contract/show/live-life'
import type { Id } from '@kaibo/kernel/ids'

/** The slot for whoever carries the picture: the embedded media process, or a cloud. */
export type LiveProvider = {
  /** Where encoders publish, for people who reached us at `host`. Never holds the key. */
  rtmpUrl(host: string): string
  /** Where browsers publish, for people who reached us at `host`; no endpoint: they cannot. */
  browserIngest(host: string): BrowserIngest
  /** Signed play addresses, best first, for people who reached us at `host`. */
  play(streamId: Id, viewer: { host: string; latency: LatencyMode }): Play
  /** Cuts the publisher; the stream waits for another one. */
  kick(streamId: Id, reason: string): Promise<void>
  /** Ends the stream for publisher and viewers. */
  end(streamId: Id): Promise<void>
  health(streamId: Id): Promise<StreamHealth>
  /** A JPEG of the newest key frame; null when it cannot be had. */
  snapshot(streamId: Id): Promise<Uint8Array | null>
  /** Streams that have a picture right now; null while the provider cannot be asked. */
  onAir(): Promise<ReadonlySet<Id> | null>
}

export type BrowserIngest = Pick<PublishTicket, 'endpoints' | 'iceServers'>

/** What the provider tells about a stream; `id` makes a repeat harmless. */
export type MediaEvent = {
  readonly id: Id
  readonly streamId: Id
  readonly type: 'publish_start' | 'publish_end' | 'resume' | 'ended' | 'error'
  readonly at: string
  readonly reason?: string | undefined
}
