import type { Extent } from './extent.ts'

type Size = { widthPx: number; heightPx: number }

/** Reads a WebP (RFC 9649) chunk by chunk; null when it is not a whole one. */
export function readWebp(bytes: Buffer): Extent | null {
  if (bytes.length < 20) return null
  if (bytes.toString('latin1', 0, 4) !== 'RIFF') return null
  if (bytes.toString('latin1', 8, 12) !== 'WEBP') return null
  const endAt = 8 + bytes.readUInt32LE(4)
  if (endAt > bytes.length) return null

  const first = bytes.toString('latin1', 12, 16)
  let hasPixels = false
  let at = 12
  while (at + 8 <= endAt) {
    const type = bytes.toString('latin1', at, at + 4)
    const chunkBytes = bytes.readUInt32LE(at + 4)
    if (at + 8 + chunkBytes > endAt) return null
    hasPixels ||= ['VP8 ', 'VP8L', 'ANMF'].includes(type)
    // Chunks are padded to an even length.
    at += 8 + chunkBytes + (chunkBytes % 2)
  }
  const size = sizeOf(first, bytes.subarray(20, endAt))
  return at === endAt && hasPixels && size ? { ...size, endAt } : null
}

function sizeOf(type: string, chunk: Buffer): Size | null {
  if (chunk.length < 10) return null
  if (type === 'VP8X') {
    return { widthPx: chunk.readUIntLE(4, 3) + 1, heightPx: chunk.readUIntLE(7, 3) + 1 }
  }
  if (type === 'VP8L' && chunk[0] === 0x2f) {
    const packed = chunk.readUInt32LE(1)
    return { widthPx: (packed & 0x3fff) + 1, heightPx: ((packed >>> 14) & 0x3fff) + 1 }
  }
  // A key frame: its start code, then two sizes whose upper two bits are a scale.
  if (type === 'VP8 ' && chunk.readUIntBE(3, 3) === 0x9d012a) {
    return { widthPx: chunk.readUInt16LE(6) & 0x3fff, heightPx: chunk.readUInt16LE(8) & 0x3fff }
  }
  return null
}
