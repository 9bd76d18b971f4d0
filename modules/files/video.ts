/** Box types that may stand at the top of an MP4 (ISO 14496-12). */
const topBoxes = ['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'uuid', 'moof', 'mfra', 'sidx']
const brands = [
  'isom',
  'iso2',
  'iso4',
  'iso5',
  'iso6',
  'mp41',
  'mp42',
  'avc1',
  'M4V ',
  'qt  ',
  'dash',
]
const boxesMax = 10_000

/**
 * Whether the bytes are an MP4 from the first to the last: boxes of known types, one after the
 * other, that say what is played (`moov`) and hold it (`mdat`).
 */
export function isMp4(bytes: Buffer): boolean {
  const seen = new Set<string>()
  let at = 0
  for (let count = 0; count < boxesMax && at + 16 <= bytes.length; count++) {
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (!topBoxes.includes(type) || (at === 0) !== (type === 'ftyp')) return false
    if (at === 0 && !brands.includes(bytes.toString('latin1', 8, 12))) return false
    const size = boxSize(bytes, at)
    if (size < 8 || at + size > bytes.length) return false
    seen.add(type)
    at += size
  }
  // An empty box of eight bytes may come last.
  return bytes.length - at < 16 && bytes.length - at !== 0
    ? isEmptyBox(bytes.subarray(at)) && hasMovie(seen)
    : at === bytes.length && hasMovie(seen)
}

const hasMovie = (seen: ReadonlySet<string>) => seen.has('moov') && seen.has('mdat')
const isEmptyBox = (rest: Buffer) =>
  rest.length === 8 &&
  rest.readUInt32BE(0) === 8 &&
  topBoxes.includes(rest.toString('latin1', 4, 8))

/** 0 = to the end; 1 = a 64-bit size follows. */
function boxSize(bytes: Buffer, at: number): number {
  const size = bytes.readUInt32BE(at)
  if (size === 0) return bytes.length - at
  return size === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : size
}

const ebml = Buffer.from([0x1a, 0x45, 0xdf, 0xa3])
const segment = Buffer.from([0x18, 0x53, 0x80, 0x67])
const docType = Buffer.from([0x42, 0x82, 0x84, ...Buffer.from('webm')])

/** Whether the bytes begin as a WebM: an EBML header of that document type, then the segment. */
export function isWebm(bytes: Buffer): boolean {
  if (!bytes.subarray(0, 4).equals(ebml)) return false
  // Header sizes below 127 take one byte, and every muxer writes them so or in eight.
  const isShort = ((bytes[4] ?? 0) & 0x80) !== 0
  const size = isShort ? (bytes[4] ?? 0) & 0x7f : bytes[11]
  const headerEnd = (isShort ? 5 : 12) + (size ?? 0)
  const header = bytes.subarray(0, headerEnd)
  return header.includes(docType) && bytes.subarray(headerEnd, headerEnd + 4).equals(segment)
}
