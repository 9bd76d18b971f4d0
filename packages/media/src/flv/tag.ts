/** Tag types of FLV; RTMP uses the same numbers as message types. */
export const tagType = { audio: 8, video: 9, script: 18 } as const

export type FlvTag = {
  readonly type: number
  readonly timestampMs: number
  readonly payload: Buffer
}

const HEADER_BYTES = 11
const TRAILER_BYTES = 4
const FILE_HEADER_BYTES = 9

/** The nine bytes of a file header and the size, zero, of the tag before the first. */
export const flvHeader = (has: { audio: boolean; video: boolean }): Buffer =>
  Buffer.from([
    ...Buffer.from('FLV'),
    1,
    (has.audio ? 4 : 0) | (has.video ? 1 : 0),
    ...[0, 0, 0, FILE_HEADER_BYTES],
    ...[0, 0, 0, 0],
  ])

/** One tag with its header and trailing size, ready to be written to any number of viewers. */
export const encodeTag = ({ type, timestampMs, payload }: FlvTag): Buffer => {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + payload.length + TRAILER_BYTES)
  bytes.writeUInt8(type, 0)
  bytes.writeUIntBE(payload.length, 1, 3)
  bytes.writeUIntBE(timestampMs & 0xffffff, 4, 3)
  bytes.writeUInt8((timestampMs >>> 24) & 0xff, 7)
  bytes.writeUIntBE(0, 8, 3)
  payload.copy(bytes, HEADER_BYTES)
  bytes.writeUInt32BE(HEADER_BYTES + payload.length, HEADER_BYTES + payload.length)
  return bytes
}

/** Reads the tags of a complete FLV file; a truncated last tag is left out. Throws on non-FLV. */
export function* readTags(file: Buffer): Generator<FlvTag> {
  if (file.toString('latin1', 0, 3) !== 'FLV') throw new Error('flv: not an FLV file')
  let at = file.readUInt32BE(5) + TRAILER_BYTES
  while (at + HEADER_BYTES <= file.length) {
    const byteCount = file.readUIntBE(at + 1, 3)
    const end = at + HEADER_BYTES + byteCount
    if (end > file.length) return
    const timestampMs = (file.readUIntBE(at + 4, 3) | (file.readUInt8(at + 7) << 24)) >>> 0
    yield { type: file.readUInt8(at), timestampMs, payload: file.subarray(at + HEADER_BYTES, end) }
    at = end + TRAILER_BYTES
  }
}
