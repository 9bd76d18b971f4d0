/** What a player must know of an H.264 stream before its first frame. */
export type AvcConfig = {
  /** The body of the `avcC` box, as the publisher sent it. */
  readonly record: Buffer
  readonly width: number
  readonly height: number
  /** RFC 6381 name, such as `avc1.64001f`. */
  readonly codec: string
}

/** Reads the payload of an FLV AVC sequence header. Throws when it is malformed. */
export const readAvcConfig = (payload: Buffer): AvcConfig => {
  const record = payload.subarray(5)
  const spsBytes = record.readUInt16BE(6)
  const sps = record.subarray(8, 8 + spsBytes)
  if ((record.readUInt8(5) & 31) === 0 || sps.length < 4) throw new Error('avc: no parameter set')
  return { record, ...readSize(sps), codec: `avc1.${record.toString('hex', 1, 4)}` }
}

/** Profiles whose parameter set carries the chroma fields (H.264 §7.3.2.1.1). */
const CHROMA_PROFILES = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]

type BitReader = {
  /** An unsigned number of that many bits. */
  bits(count: number): number
  /** An unsigned Exp-Golomb number. */
  golomb(): number
  /** Bits that were read. */
  readonly bitCount: number
}

const createBitReader = (bytes: Buffer): BitReader => {
  let at = 0
  const bits = (count: number): number => {
    let value = 0
    for (let end = at + count; at < end; at++) {
      value = value * 2 + ((bytes.readUInt8(at >> 3) >> (7 - (at & 7))) & 1)
    }
    return value
  }
  const golomb = (): number => {
    let zeros = 0
    while (bits(1) === 0) if (++zeros > 31) throw new Error('avc: bad number')
    return 2 ** zeros - 1 + bits(zeros)
  }
  return {
    bits,
    golomb,
    get bitCount() {
      return at
    },
  }
}

/** Removes the bytes that keep start codes out of the payload (H.264 §7.4.1). */
const removeEscapes = (nal: Buffer): Buffer =>
  Buffer.from(nal.filter((byte, at) => !(byte === 3 && nal[at - 1] === 0 && nal[at - 2] === 0)))

const addEscapes = (plain: Buffer): Buffer => {
  let zeroCount = 0
  const escaped: number[] = []
  for (const byte of plain) {
    if (zeroCount === 2 && byte <= 3) {
      escaped.push(3)
      zeroCount = 0
    }
    escaped.push(byte)
    zeroCount = byte === 0 ? zeroCount + 1 : 0
  }
  return Buffer.from(escaped)
}

const skipScalingList = ({ golomb }: BitReader, size: number): void => {
  let last = 8
  let next = 8
  for (let at = 0; at < size; at++) {
    const code = golomb()
    const delta = code % 2 === 1 ? (code + 1) / 2 : -code / 2
    if (next !== 0) next = (last + delta + 256) % 256
    if (next === 0) return
    last = next
  }
}

/** Reads the chroma format; skips the scaling lists behind it. */
const readChroma = (reader: BitReader): number => {
  const { bits, golomb } = reader
  const chromaFormat = golomb()
  if (chromaFormat === 3) bits(1)
  golomb() // bit depth luma
  golomb() // bit depth chroma
  bits(1) // lossless bypass
  if (bits(1) === 1) {
    for (let list = 0; list < (chromaFormat === 3 ? 12 : 8); list++) {
      if (bits(1) === 1) skipScalingList(reader, list < 6 ? 16 : 64)
    }
  }
  return chromaFormat
}

const skipPictureOrder = ({ bits, golomb }: BitReader): void => {
  const type = golomb()
  if (type === 0) golomb()
  if (type !== 1) return
  bits(1)
  golomb()
  golomb()
  const cycle = golomb()
  for (let at = 0; at < cycle; at++) golomb()
}

/** The picture size after cropping, from a sequence parameter set (H.264 §7.3.2.1.1). */
const readSize = (sps: Buffer): { width: number; height: number } =>
  readSet(createBitReader(removeEscapes(sps)))

/**
 * A sequence parameter set without its last part, the usability information (H.264 annex E). That is
 * what makes a decoder wait for later pictures before it gives one out.
 */
export const withoutUsability = (sps: Buffer): Buffer => {
  const plain = removeEscapes(sps)
  const reader = createBitReader(plain)
  readSet(reader)
  const stopAt = reader.bitCount + 1
  const kept = plain.subarray(0, (stopAt >> 3) + 1)
  // The flag becomes 0; the bit behind it is the one that ends every set, and zeros fill the byte.
  clearFrom(kept, reader.bitCount)
  kept[stopAt >> 3] = (kept[stopAt >> 3] ?? 0) | (0x80 >> (stopAt & 7))
  return addEscapes(kept)
}

const clearFrom = (bytes: Buffer, bit: number): void => {
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) & ~(0xff >> (bit & 7))
  bytes.fill(0, (bit >> 3) + 1)
}

/** Reads as far as the flag that announces usability information. */
const readSet = (reader: BitReader): { width: number; height: number } => {
  const { bits, golomb } = reader
  bits(8) // type of the unit
  const profile = bits(8)
  bits(16) // constraints and level
  golomb() // id
  const chromaFormat = CHROMA_PROFILES.includes(profile) ? readChroma(reader) : 1
  golomb() // frame number bits
  skipPictureOrder(reader)
  golomb() // reference frames
  bits(1) // gaps in frame numbers
  const widthInBlocks = golomb() + 1
  const heightInUnits = golomb() + 1
  const isFrameOnly = bits(1)
  if (isFrameOnly === 0) bits(1)
  bits(1) // direct 8x8 inference
  const [left, right, top, bottom] =
    bits(1) === 1 ? [golomb(), golomb(), golomb(), golomb()] : [0, 0, 0, 0]
  const cropX = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1
  const cropY = (chromaFormat === 1 ? 2 : 1) * (2 - isFrameOnly)
  return {
    width: widthInBlocks * 16 - (left + right) * cropX,
    height: heightInUnits * 16 * (2 - isFrameOnly) - (top + bottom) * cropY,
  }
}
