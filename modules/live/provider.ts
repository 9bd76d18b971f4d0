import type { Play, PublishTicket, StreamHealth, StreamKey } from '@kaibo/contract/show/live'
import type { LatencyMode } from '@kaibo/contract/show/live-life'
import type { Id } from '@kaibo/kernel/ids'

/** The slot for whoever carries the picture: the embedded media process, a server of SRS, a cloud. */
export type LiveProvider = {
  readonly kind: string
  readonly caps: LiveCaps
  /** Where encoders publish, for people who reached us at `host`. Never holds the key. */
  rtmpUrl(host: string): string
  /** What an encoder is given to publish one stream. Rejects when the provider cannot be reached. */
  pushKey(stream: { id: Id; secret: string }): Promise<PushKey>
  /**
   * Where browsers publish, for people who reached us at `host`; no endpoint: they cannot. `ticket`
   * is what {@link Publisher.key} will be. Rejects when the provider cannot be reached.
   */
  browserIngest(
    host: string,
    stream: { id: Id; ticket: string },
  ): BrowserIngest | Promise<BrowserIngest>
  /** Signed play addresses, best first, for people who reached us at `host`. */
  play(streamId: Id, viewer: { host: string; latency: LatencyMode }): Play
  /** Origins of play addresses and of {@link browserIngest}, for the policy of pages at `host`. */
  pageOrigins(host: string): readonly string[]
  /** Cuts the publisher; the stream waits for another one. */
  kick(streamId: Id, reason: string): Promise<void>
  /** Ends the stream for publisher and viewers. */
  end(streamId: Id): Promise<void>
  /** Lets a stream that was ended be published again, where {@link end} forbids that; harmless twice. */
  reopen?(streamId: Id): Promise<void>
  health(streamId: Id): Promise<StreamHealth>
  /** A JPEG of the newest key frame; null when it cannot be had. */
  snapshot(streamId: Id): Promise<Uint8Array | null>
  /** Streams that have a picture right now; null while the provider cannot be asked. */
  onAir(): Promise<ReadonlySet<Id> | null>
  /** Reads a callback of the vendor; null when the vendor did not send it, or long ago. */
  verifyCallback?(request: CallbackRequest): Promise<LiveCallback | null>
}

export type LiveCaps = {
  /**
   * Who refuses a publisher: `asked` = we are, before the first picture; `signed` = the vendor checks
   * a signature, and a key that we know to be bad is cut when the vendor tells of it.
   */
  readonly gate: 'asked' | 'signed'
  /** Whether {@link LiveProvider.snapshot} can ever give a picture. */
  readonly snapshot: boolean
}

/** What stands beside `rtmpUrl` in an encoder's settings. */
export type PushKey = Pick<StreamKey, 'streamKey' | 'expiresAt'>

export type BrowserIngest = Pick<PublishTicket, 'endpoints' | 'iceServers'>

/** What a vendor sent: bytes as they came, because signatures cover bytes. */
export type CallbackRequest = {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly query: Readonly<Record<string, string>>
  readonly rawBody: Uint8Array
}

export type CallbackAnswer = {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** Who publishes, and the key that {@link LiveProvider.pushKey} or a ticket gave. */
export type Publisher = { readonly streamId: Id; readonly key: string }

export type LiveCallback = {
  /** Has to be allowed before the events are believed. */
  readonly publisher: Publisher | null
  readonly events: readonly MediaEvent[]
  /** What the provider has to do about it, again when it fails: so it must be harmless twice. */
  follow?(): Promise<void>
  answer(isAllowed: boolean): CallbackAnswer
}

/** Leave for a vendor that pushes a stream on to us. */
export type RelayLeave = {
  /** Opens the gate for a minute, as a key does. */
  readonly ticket: string
  /** The hash of the stream key in force, in hex: tells publishers with an older one apart. */
  readonly keyHash: string
}

/** What the provider tells about a stream; `id` makes a repeat harmless. */
export type MediaEvent = {
  readonly id: string
  readonly streamId: Id
  readonly type: 'publish_start' | 'publish_end' | 'resume' | 'ended' | 'error'
  readonly at: string
  readonly reason?: string | undefined
}
