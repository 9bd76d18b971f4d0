import type { PlayUrls, StreamHealth } from '@kaibo/contract/show/live'
import type { Id } from '@kaibo/kernel/ids'

/** The slot for whoever carries the picture: the embedded media process, or a cloud. */
export type LiveProvider = {
  /** Where encoders publish, for people who reached us at `host`. Never holds the key. */
  rtmpUrl(host: string): string
  /** Signed play addresses, for people who reached us at `host`. */
  playUrls(streamId: Id, host: string): PlayUrls
  /** Cuts the publisher; the stream waits for another one. */
  kick(streamId: Id, reason: string): Promise<void>
  /** Ends the stream for publisher and viewers. */
  end(streamId: Id): Promise<void>
  health(streamId: Id): Promise<StreamHealth>
  /** Streams that have a picture right now; null while the provider cannot be asked. */
  onAir(): Promise<ReadonlySet<Id> | null>
}

/** What the provider tells about a stream; `id` makes a repeat harmless. */
export type MediaEvent = {
  readonly id: Id
  readonly streamId: Id
  readonly type: 'publish_start' | 'publish_end' | 'resume' | 'ended' | 'error'
  readonly at: string
  readonly reason?: string | undefined
}
