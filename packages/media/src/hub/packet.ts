import type { PayloadKind } from '../flv/payload.ts'
import { encodeTag, tagType } from '../flv/tag.ts'

export type PacketKind = Exclude<PayloadKind, 'ignored' | 'unsupportedVideo' | 'unsupportedAudio'>

export type FrameKind = Extract<PacketKind, 'keyFrame' | 'interFrame' | 'audioFrame'>

/** A piece of a stream on the stream's own clock, framed once for all its viewers. */
export type Packet = {
  readonly kind: PacketKind
  readonly timestampMs: number
  /** The FLV payload, a view into `tag`. */
  readonly payload: Buffer
  /** The complete FLV tag. */
  readonly tag: Buffer
}

/** Something that a stream feeds: the FLV fan-out, the LL-HLS packager. */
export type PacketConsumer = {
  handlePacket(packet: Packet): void
  /** The stream is over; no packet follows. */
  end(): void
}

const typeOf = (kind: PacketKind): number => {
  if (kind === 'metadata') return tagType.script
  return kind === 'audioHeader' || kind === 'audioFrame' ? tagType.audio : tagType.video
}

export const createPacket = (
  kind: PacketKind,
  from: { timestampMs: number; payload: Buffer },
): Packet => {
  const tag = encodeTag({ type: typeOf(kind), ...from })
  return { kind, timestampMs: from.timestampMs, payload: tag.subarray(11, -4), tag }
}
