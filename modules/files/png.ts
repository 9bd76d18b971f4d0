import { crc32 } from 'node:zlib'
import type { Extent } from './extent.ts'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Length, type and checksum around a chunk's data. */
const chunkFrameBytes = 12
const colourTypes = [0, 2, 3, 4, 6]
const bitDepths = [1, 2, 4, 8, 16]

/** Reads a PNG (ISO 15948) chunk by chunk, checksums included; null when it is not a whole one. */
export function readPng(bytes: Buffer): Extent | null {
  if (!bytes.subarray(0, signature.length).equals(signature)) return null
  let header: Buffer | null = null
  let hasPixels = false
  let at = signature.length
  while (at + chunkFrameBytes <= bytes.length) {
    const dataEnd = at + 8 + bytes.readUInt32BE(at)
    if (dataEnd + 4 > bytes.length) return null
    if (crc32(bytes.subarray(at + 4, dataEnd)) !== bytes.readUInt32BE(dataEnd)) return null
    const type = bytes.toString('latin1', at + 4, at + 8)
    if ((type === 'IHDR') !== (header === null)) return null
    if (type === 'IHDR') header = bytes.subarray(at + 8, dataEnd)
    hasPixels ||= type === 'IDAT'
    at = dataEnd + 4
    if (type === 'IEND') return header && hasPixels ? extentOf(header, at) : null
  }
  return null
}

function extentOf(header: Buffer, endAt: number): Extent | null {
  if (header.length !== 13) return null
  const [depth = 0, colour = -1, compression, filter] = header.subarray(8)
  if (!bitDepths.includes(depth) || !colourTypes.includes(colour)) return null
  if (compression !== 0 || filter !== 0) return null
  return { widthPx: header.readUInt32BE(0), heightPx: header.readUInt32BE(4), endAt }
}
