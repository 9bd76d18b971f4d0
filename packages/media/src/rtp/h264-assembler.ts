import type { RtpUnit } from './reorder.ts'

/** One picture with all its slices, as NAL units without start codes (H.264 §7.3.1). */
export type AccessUnit = { readonly timestamp: number; readonly nals: readonly Buffer[] }

/** Types of RFC 6184 §5.2 and H.264 table 7-1. */
export const nalType = { idr: 5, sps: 7, pps: 8, delimiter: 9, stapA: 24, fuA: 28 } as const

export const typeOfNal = (nal: Buffer): number => (nal[0] ?? 0) & 31

const PICTURE_BYTES_MAX = 4 * 1024 * 1024
const NALS_MAX = 256

/** Builds pictures of RTP payloads of packetization mode 1 (RFC 6184 §5.4). */
export const createH264Assembler = (handlePicture: (picture: AccessUnit) => void) => {
  let timestamp: number | undefined
  let nals: Buffer[] = []
  let fragments: Buffer[] = []
  let byteCount = 0
  let isBroken = false

  const clear = (): void => {
    nals = []
    fragments = []
    byteCount = 0
    isBroken = false
  }

  const finish = (): void => {
    if (timestamp !== undefined && nals.length > 0 && !isBroken) handlePicture({ timestamp, nals })
    timestamp = undefined
    clear()
  }

  const add = (nal: Buffer): void => {
    if (nal.length > 0) nals.push(nal)
  }

  const addAggregate = (payload: Buffer): void => {
    for (let at = 1; at + 2 < payload.length; ) {
      const end = at + 2 + payload.readUInt16BE(at)
      if (end > payload.length) {
        isBroken = true
        return
      }
      add(payload.subarray(at + 2, end))
      at = end
    }
  }

  const addFragment = (payload: Buffer): void => {
    const [indicator = 0, header = 0] = payload
    if ((header & 0x80) !== 0) {
      fragments = [Buffer.from([(indicator & 0xe0) | (header & 31)])]
    } else if (fragments.length === 0) {
      isBroken = true
    }
    fragments.push(payload.subarray(2))
    if ((header & 0x40) === 0) return
    add(Buffer.concat(fragments))
    fragments = []
  }

  return {
    push({ payload, timestamp: at, isMarked }: RtpUnit): void {
      if (timestamp !== undefined && at !== timestamp) finish()
      if (payload.length < 2) return
      timestamp = at
      byteCount += payload.length
      if (byteCount > PICTURE_BYTES_MAX || nals.length > NALS_MAX) isBroken = true
      if (!isBroken) {
        const type = typeOfNal(payload)
        if (type === nalType.stapA) addAggregate(payload)
        else if (type === nalType.fuA) addFragment(payload)
        else if (type < nalType.stapA) add(payload)
        else isBroken = true
      }
      if (isMarked) finish()
    },
    /** Packets are missing: what was gathered is no picture. */
    drop(): void {
      clear()
      isBroken = timestamp !== undefined
    },
  }
}
