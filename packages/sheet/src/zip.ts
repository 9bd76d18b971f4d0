import { inflateRawSync } from 'node:zlib'
import { fail } from '@kaibo/contract/core/fail'

/** Most that all parts of an XLSX may unpack to. */
const unpackedBytesMax = 60 * 1024 * 1024
const entriesMax = 300

type Entry = { name: string; method: number; packedBytes: number; bytes: number; offset: number }

/**
 * The parts of a ZIP whose names match, unpacked within one budget for all of them: what an archive
 * says about itself is not believed. Throws `sheet.too_large` or `sheet.unreadable`.
 */
export function unpack(zip: Buffer, isWanted: (name: string) => boolean): Map<string, string> {
  const entries = entriesOf(zip)
  const declared = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  if (declared > unpackedBytesMax) throw fail('sheet.too_large')
  let budget = unpackedBytesMax
  const parts = new Map<string, string>()
  for (const entry of entries) {
    const bytes = contentOf(zip, entry, budget)
    budget -= bytes.byteLength
    if (bytes.byteLength !== entry.bytes) throw fail('sheet.unreadable')
    if (isWanted(entry.name)) parts.set(entry.name, bytes.toString('utf8'))
  }
  return parts
}

const endMark = 0x06054b50
const entryMark = 0x02014b50
const endBytes = 22
const commentBytesMax = 65_535

function entriesOf(zip: Buffer): Entry[] {
  const first = Math.max(0, zip.length - endBytes - commentBytesMax)
  let end = zip.length - endBytes
  while (end >= first && zip.readUInt32LE(end) !== endMark) end--
  if (end < first) throw fail('sheet.unreadable')
  const count = zip.readUInt16LE(end + 10)
  if (count > entriesMax) throw fail('sheet.too_large')
  const entries: Entry[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== entryMark) throw fail('sheet.unreadable')
    const isEncrypted = (zip.readUInt16LE(at + 8) & 1) === 1
    const nameBytes = zip.readUInt16LE(at + 28)
    if (isEncrypted) throw fail('sheet.unreadable')
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameBytes),
      method: zip.readUInt16LE(at + 10),
      packedBytes: zip.readUInt32LE(at + 20),
      bytes: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
    })
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  // Two parts of one name: readers would disagree about which one counts.
  if (new Set(entries.map(entry => entry.name)).size < count) throw fail('sheet.unreadable')
  return entries
}

function contentOf(zip: Buffer, entry: Entry, bytesMax: number): Buffer {
  const { offset, packedBytes, method } = entry
  if (offset + 30 > zip.length) throw fail('sheet.unreadable')
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
  const packed = zip.subarray(start, start + packedBytes)
  if (packed.byteLength !== packedBytes) throw fail('sheet.unreadable')
  if (method === 0) return packed
  if (method !== 8) throw fail('sheet.unreadable')
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytesMax) })
  } catch (error) {
    const isBomb = error instanceof RangeError
    throw fail(isBomb ? 'sheet.too_large' : 'sheet.unreadable')
  }
}
