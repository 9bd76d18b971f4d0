import type { Extent } from './extent.ts'

const startOfScan = 0xda
const endOfImage = 0xd9

/** Frame headers (SOF0…SOF15) carry the size; C4, C8 and CC in that range are something else. */
const isFrameHeader = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** Markers without a length: TEM and the restarts. */
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)

/** Reads a JPEG (ITU T.81) marker by marker up to its end marker; null when it is not a whole one. */
export function readJpeg(bytes: Buffer): Extent | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  let size: { widthPx: number; heightPx: number } | null = null
  let hasScan = false
  let at = 2
  while (at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === endOfImage) return size && hasScan ? { ...size, endAt: at + 2 } : null
    if (marker === 0xff) at += 1
    else if (isBare(marker)) at += 2
    else {
      const segmentEnd = endOfSegment(bytes, at)
      if (segmentEnd === null) return null
      if (isFrameHeader(marker)) {
        if (size || segmentEnd - at < 10) return null
        size = { heightPx: bytes.readUInt16BE(at + 5), widthPx: bytes.readUInt16BE(at + 7) }
      }
      hasScan ||= marker === startOfScan
      at = marker === startOfScan ? endOfScan(bytes, segmentEnd) : segmentEnd
    }
  }
  return null
}

function endOfSegment(bytes: Buffer, at: number): number | null {
  if (at + 4 > bytes.length) return null
  const length = bytes.readUInt16BE(at + 2)
  const end = at + 2 + length
  return length >= 2 && end <= bytes.length ? end : null
}

/** Where the entropy-coded bytes stop: at the first FF that is neither stuffed (FF00) nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at !== -1) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && !isBare(next)) return at
    at = bytes.indexOf(0xff, at + 1)
  }
  return bytes.length
}

/**
 * Whether what follows a JPEG is what cameras put there: a second picture (MPF, HDR gain maps), a
 * motion clip (ISO media) or Samsung's trailer. Anything else behind a picture is a disguise.
 */
export function isCameraTrailer(rest: Buffer): boolean {
  const isSecondPicture = rest.length >= 3 && rest.readUIntBE(0, 3) === 0xffd8ff
  const isMotionClip = rest.toString('latin1', 4, 8) === 'ftyp'
  const isSamsung = rest.toString('latin1', rest.length - 4) === 'SEFT'
  return isSecondPicture || isMotionClip || isSamsung || rest.every(byte => byte === 0)
}
