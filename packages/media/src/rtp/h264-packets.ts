import { nalType, typeOfNal } from './h264-assembler.ts'

/** Fits every path of the internet together with the headers of RTP, SRTP, UDP and IPv6. */
const PAYLOAD_BYTES_MAX = 1_180
const NAL_BYTES = 4

/** The parameter sets of an AVCDecoderConfigurationRecord. Throws when it is truncated. */
export const readParameterSets = (record: Buffer): Buffer[] => {
  let at = 5
  const take = (count: number): Buffer[] =>
    Array.from({ length: count }, () => {
      const byteCount = record.readUInt16BE(at)
      const set = record.subarray(at + 2, at + 2 + byteCount)
      at += 2 + byteCount
      return set
    })
  const sps = take(record.readUInt8(at++) & 31)
  return [...sps, ...take(record.readUInt8(at++))]
}

/** The NAL units of a picture whose units carry their length in four bytes. */
export const splitNals = (picture: Buffer): Buffer[] => {
  const nals: Buffer[] = []
  for (let at = 0; at + NAL_BYTES < picture.length; ) {
    const end = at + NAL_BYTES + picture.readUInt32BE(at)
    if (end > picture.length) break
    nals.push(picture.subarray(at + NAL_BYTES, end))
    at = end
  }
  return nals
}

/**
 * A picture as RTP payloads of packetization mode 1 (RFC 6184 §5.4); the last one takes the marker.
 * Parameter sets go before a key frame, in one packet.
 */
export const toPayloads = (nals: readonly Buffer[], sets: readonly Buffer[] = []): Buffer[] => {
  const pictures = nals.filter(nal => nal.length > 0 && typeOfNal(nal) !== nalType.delimiter)
  return [...(sets.length > 0 ? [aggregate(sets)] : []), ...pictures.flatMap(toPackets)]
}

const aggregate = (sets: readonly Buffer[]): Buffer => {
  const importance = Math.max(...sets.map(set => (set[0] ?? 0) & 0x60))
  const pieces = sets.flatMap(set => [Buffer.from([set.length >> 8, set.length & 255]), set])
  return Buffer.concat([Buffer.from([importance | nalType.stapA]), ...pieces])
}

const toPackets = (nal: Buffer): Buffer[] => {
  if (nal.length <= PAYLOAD_BYTES_MAX) return [nal]
  const first = nal[0] ?? 0
  const body = nal.subarray(1)
  // Even shares: a tiny last packet costs as much as a full one.
  const count = Math.ceil(body.length / (PAYLOAD_BYTES_MAX - 2))
  const share = Math.ceil(body.length / count)
  return Array.from({ length: count }, (_, part) => {
    const piece = body.subarray(part * share, (part + 1) * share)
    const packet = Buffer.allocUnsafe(piece.length + 2)
    packet[0] = (first & 0xe0) | nalType.fuA
    packet[1] = (first & 31) | (part === 0 ? 0x80 : 0) | (part === count - 1 ? 0x40 : 0)
    piece.copy(packet, 2)
    return packet
  })
}
