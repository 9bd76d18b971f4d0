/** Ogg (RFC 3533) with Opus in it (RFC 7845), one packet a page: what ffmpeg reads and writes. */
const HEADER_BYTES = 27
const BEGIN = 2

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24
  for (let bit = 0; bit < 8; bit++)
    rest = (rest << 1) ^ ((rest & 0x80000000) === 0 ? 0 : 0x04c11db7)
  return rest
})

const crc = (bytes: Buffer): number => {
  let sum = 0
  for (const byte of bytes) sum = (sum << 8) ^ (CRC_TABLE[((sum >>> 24) ^ byte) & 255] ?? 0)
  return sum >>> 0
}

type Page = { sequence: number; flags: number; granule: number; packet: Buffer }

const writePage = ({ sequence, flags, granule, packet }: Page): Buffer => {
  const laces = [...Array<number>(Math.floor(packet.length / 255)).fill(255), packet.length % 255]
  const page = Buffer.concat([Buffer.alloc(HEADER_BYTES), Buffer.from(laces), packet])
  page.write('OggS', 0, 'latin1')
  page.writeUInt8(flags, 5)
  page.writeBigInt64LE(BigInt(granule), 6)
  page.writeUInt32LE(1, 14)
  page.writeUInt32LE(sequence, 18)
  page.writeUInt8(laces.length, 26)
  page.writeUInt32LE(crc(page), 22)
  return page
}

/** Writes a stereo Opus stream at 48 kHz, page by page. */
export const createOggWriter = () => {
  let sequence = 0
  let granule = 0
  const page = (packet: Buffer, flags = 0) =>
    writePage({ sequence: sequence++, flags, granule, packet })
  return {
    start(): Buffer {
      const head = Buffer.from('OpusHead\x01\x02\0\0\0\0\0\0\0\0\0', 'latin1')
      head.writeUInt32LE(48_000, 12)
      const tags = Buffer.from('OpusTags\x05\0\0\0kaibo\0\0\0\0', 'latin1')
      return Buffer.concat([page(head, BEGIN), page(tags)])
    },
    packet(packet: Buffer, samples: number): Buffer {
      granule += samples
      return page(packet)
    },
  }
}

/** Two pages of ffmpeg, of which even the longest of Opus is a small part. */
const REST_BYTES_MAX = 256 * 1024
const HEADER_PACKETS = 2

/** Reads the packets of an Ogg Opus stream as it grows, its two headers left out. Throws on others. */
export const createOggReader = (handlePacket: (packet: Buffer) => void) => {
  let rest: Buffer = Buffer.alloc(0)
  let pieces: Buffer[] = []
  let packetCount = 0

  const finishPacket = (): void => {
    const packet = Buffer.concat(pieces)
    pieces = []
    packetCount += 1
    if (packetCount > HEADER_PACKETS) handlePacket(packet)
  }

  const readPage = (): boolean => {
    if (rest.length < HEADER_BYTES) return false
    if (rest.toString('latin1', 0, 4) !== 'OggS') throw new Error('ogg: no page')
    const bodyAt = HEADER_BYTES + rest.readUInt8(26)
    if (rest.length < bodyAt) return false
    const laces = rest.subarray(HEADER_BYTES, bodyAt)
    const endAt = bodyAt + laces.reduce((sum, lace) => sum + lace, 0)
    if (rest.length < endAt) return false
    let at = bodyAt
    for (const lace of laces) {
      pieces.push(rest.subarray(at, at + lace))
      at += lace
      if (lace < 255) finishPacket()
    }
    rest = rest.subarray(endAt)
    return true
  }

  return (bytes: Buffer): void => {
    rest = Buffer.concat([rest, bytes])
    if (rest.length > REST_BYTES_MAX) throw new Error('ogg: page without end')
    while (readPage());
  }
}
