import { messageType, type RtmpMessage } from './message.ts'

const EXTENDED_TIMESTAMP = 0xffffff

/** Audio, video and commands travel in chunk streams of their own, so a large frame delays none. */
const chunkStreamOf = (typeId: number): number => {
  if (typeId === messageType.audio) return 4
  if (typeId === messageType.video) return 6
  if (typeId === messageType.data) return 5
  return typeId === messageType.command ? 3 : 2
}

/**
 * Cuts a message into chunks: one full header, then continuations. Compressed headers (formats 1
 * and 2) would save about 1 % of the bytes and cost state on both sides.
 */
export const encodeMessage = (message: RtmpMessage, chunkBytes: number): Buffer => {
  const { payload, timestampMs } = message
  const isExtended = timestampMs >= EXTENDED_TIMESTAMP
  const extended = Buffer.alloc(isExtended ? 4 : 0)
  if (isExtended) extended.writeUInt32BE(timestampMs, 0)
  const id = chunkStreamOf(message.typeId)
  const head = Buffer.alloc(12)
  head.writeUInt8(id, 0)
  head.writeUIntBE(isExtended ? EXTENDED_TIMESTAMP : timestampMs, 1, 3)
  head.writeUIntBE(payload.length, 4, 3)
  head.writeUInt8(message.typeId, 7)
  head.writeUInt32LE(message.streamId, 8)
  const pieces = [head, extended, payload.subarray(0, chunkBytes)]
  const continuation = Buffer.from([0xc0 | id])
  for (let at = chunkBytes; at < payload.length; at += chunkBytes) {
    pieces.push(continuation, extended, payload.subarray(at, at + chunkBytes))
  }
  return Buffer.concat(pieces)
}
