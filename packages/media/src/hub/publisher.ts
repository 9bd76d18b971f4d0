import type { LadderOption } from '../ladder/rungs.ts'

/** What a publisher feeds, by whatever protocol it came: one FLV payload (FLV 10.1, annex E.4). */
export type MediaMessage = {
  /** `tagType` of `flv/tag`. */
  readonly typeId: number
  /** The publisher's own clock, 32-bit; it may wrap, jump and begin anywhere. */
  readonly timestampMs: number
  readonly payload: Buffer
}

/** Where a publisher's messages go after it was let in. */
export type PublishSink = {
  handleMessage(message: MediaMessage): void
  /** Called once, whichever side ended it. */
  handleGone(reason: string): void
}

export type Publisher = {
  /** Ends the connection now; the sink still gets `handleGone(reason)`. */
  cut(reason: string): void
}

/** The answer of the gate. `reason` is a code for logs, never the key. */
export type GateAnswer =
  | {
      readonly ok: true
      readonly streamId: string
      /** False when nothing of the stream is to be kept. */
      readonly records?: boolean
      /** Smaller variants that the stream should have when there is time to make them. */
      readonly ladder?: LadderOption
    }
  | {
      readonly ok: false
      readonly reason: string
      /** The stream whose host should hear of it. */
      readonly streamId?: string
    }

/** Decides on a stream key or a publish ticket. Awaited before anything is created. */
export type Gate = (key: string, from: { readonly ip: string }) => Promise<GateAnswer>
