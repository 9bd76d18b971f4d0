import { type AmfValue, encodeAmf } from './amf0.ts'

/** One complete RTMP message, whatever chunks carried it. `timestampMs` is 32-bit and may wrap. */
export type RtmpMessage = {
  readonly typeId: number
  readonly streamId: number
  readonly timestampMs: number
  readonly payload: Buffer
}

/** Message type ids (RTMP 1.0, §5.4, §6.2, §7.1). */
export const messageType = {
  setChunkSize: 1,
  abort: 2,
  acknowledgement: 3,
  userControl: 4,
  windowAckSize: 5,
  setPeerBandwidth: 6,
  audio: 8,
  video: 9,
  data: 18,
  command: 20,
} as const

/** User control event types (RTMP 1.0, §7.1.7). */
export const userControl = { streamBegin: 0, pingRequest: 6, pingResponse: 7 } as const

/** The one message stream that `createStream` hands out; a connection publishes one stream. */
export const MEDIA_STREAM_ID = 1

const control = (typeId: number, payload: Buffer): RtmpMessage => ({
  typeId,
  streamId: 0,
  timestampMs: 0,
  payload,
})

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value, 0)
  return bytes
}

/** A control message whose body is one 32-bit number: chunk size, window size, acknowledgement. */
export const controlMessage = (typeId: number, value: number): RtmpMessage =>
  control(typeId, uint32(value))

/** Limit type 2 ("dynamic") is what every server sends. */
export const peerBandwidthMessage = (byteCount: number): RtmpMessage =>
  control(messageType.setPeerBandwidth, Buffer.concat([uint32(byteCount), Buffer.from([2])]))

export const userControlMessage = (event: number, value: number): RtmpMessage =>
  control(messageType.userControl, Buffer.concat([Buffer.from([0, event]), uint32(value)]))

/** A command such as `connect` or `onStatus`; the values follow its name. */
export const commandMessage = (streamId: number, ...values: AmfValue[]): RtmpMessage => ({
  typeId: messageType.command,
  streamId,
  timestampMs: 0,
  payload: encodeAmf(...values),
})
