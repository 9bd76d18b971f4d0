import type { FlvTag } from './tag.ts'

const FILE_HEADER_BYTES = 13
const TAG_HEADER_BYTES = 11
const TRAILER_BYTES = 4

/** Reads an FLV file as it grows. Throws on what is none, and on a tag larger than allowed. */
export const createFlvReader = (
  handleTag: (tag: FlvTag) => void,
  { tagBytesMax }: { tagBytesMax: number },
) => {
  let rest: Buffer = Buffer.alloc(0)
  let isStarted = false

  const start = (): boolean => {
    if (rest.length < FILE_HEADER_BYTES) return false
    if (rest.toString('latin1', 0, 3) !== 'FLV') throw new Error('flv: not an FLV file')
    rest = rest.subarray(FILE_HEADER_BYTES)
    isStarted = true
    return true
  }

  const next = (): FlvTag | undefined => {
    if (rest.length < TAG_HEADER_BYTES) return undefined
    const byteCount = rest.readUIntBE(1, 3)
    if (byteCount > tagBytesMax) throw new Error('flv: oversize tag')
    const end = TAG_HEADER_BYTES + byteCount
    if (rest.length < end + TRAILER_BYTES) return undefined
    const timestampMs = (rest.readUIntBE(4, 3) | (rest.readUInt8(7) << 24)) >>> 0
    const tag = {
      type: rest.readUInt8(0),
      timestampMs,
      payload: rest.subarray(TAG_HEADER_BYTES, end),
    }
    rest = rest.subarray(end + TRAILER_BYTES)
    return tag
  }

  return (bytes: Buffer): void => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    if (!isStarted && !start()) return
    for (let tag = next(); tag !== undefined; tag = next()) handleTag(tag)
  }
}
