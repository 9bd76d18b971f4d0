/** Arrivals are told in quarters of a millisecond, from a reference in steps of 64 ms. */
const TICKS_PER_MS = 4
const TICKS_PER_REFERENCE = 256
/** Of one report, what is missing included: fits a datagram however it is spread. */
const REPORTED_MAX = 400
const PENDING_MAX = 200
const SYMBOLS_PER_VECTOR = 7
const HEADER_BYTES = 20
const WORD_BYTES = 4

const missing = 0
const smallDelta = 1
const largeDelta = 2

export type FeedbackNeeds = {
  readonly ssrc: number
  /** A stream of the sender's that it is told about: reports of a strange one are ignored. */
  mediaSsrc(): number
  send(report: Buffer): void
}

export type TransportFeedback = {
  /** A packet with this transport-wide number came at this time. */
  note(sequence: number, atMs: number): void
  /** Tells what came since the last report; the owner calls it every few dozen milliseconds. */
  report(): void
}

/**
 * Tells a sender when its packets arrived, so that it learns what the path carries and raises or
 * lowers its bit rate (draft-holmer-rmcat-transport-wide-cc-extensions-01). One for a connection:
 * the numbers run through all of its tracks.
 */
export const createTransportFeedback = (needs: FeedbackNeeds): TransportFeedback => {
  const arrivals = new Map<number, number>()
  let newest: number | undefined
  let nextUntold = 0
  let reportCount = 0

  const report = (): void => {
    if (arrivals.size === 0) return
    const known = [...arrivals.keys()]
    const last = Math.max(...known)
    const first = Math.max(Math.min(nextUntold, ...known), last + 1 - REPORTED_MAX)
    const ticks = Array.from({ length: last + 1 - first }, (_, n) => arrivals.get(first + n))
    arrivals.clear()
    nextUntold = last + 1
    const ssrcs = [needs.ssrc, needs.mediaSsrc()] as const
    needs.send(serialize(ticks, { ssrcs, first, reportCount }))
    reportCount += 1
  }

  return {
    note(sequence, atMs) {
      // The number has 16 bits and starts again from zero: the nearest to the newest is meant.
      const number = newest === undefined ? sequence : newest + (((sequence - newest) << 16) >> 16)
      if (newest === undefined) nextUntold = number
      newest = Math.max(newest ?? number, number)
      if (!arrivals.has(number)) arrivals.set(number, Math.floor(atMs * TICKS_PER_MS))
      if (arrivals.size >= PENDING_MAX) report()
    },
    report,
  }
}

type Heading = {
  readonly ssrcs: readonly [number, number]
  readonly first: number
  readonly reportCount: number
}

const serialize = (ticks: readonly (number | undefined)[], heading: Heading): Buffer => {
  const reference = Math.floor((ticks.find(tick => tick !== undefined) ?? 0) / TICKS_PER_REFERENCE)
  const deltas = deltasOf(ticks, reference * TICKS_PER_REFERENCE)
  const symbols = deltas.map(symbolOf)
  const chunks = chunksOf(symbols)
  const bytes = HEADER_BYTES + chunks.length * 2 + symbols.reduce((sum, each) => sum + each, 0)
  const packet = Buffer.alloc(Math.ceil(bytes / WORD_BYTES) * WORD_BYTES)
  const paddingBytes = packet.length - bytes
  packet.writeUInt8(paddingBytes > 0 ? 0xaf : 0x8f, 0) // version 2, padding, format 15
  packet.writeUInt8(205, 1) // transport layer feedback
  packet.writeUInt16BE(packet.length / WORD_BYTES - 1, 2)
  packet.writeUInt32BE(heading.ssrcs[0], 4)
  packet.writeUInt32BE(heading.ssrcs[1], 8)
  packet.writeUInt16BE(heading.first & 0xffff, 12)
  packet.writeUInt16BE(ticks.length, 14)
  packet.writeUIntBE(reference & 0xffffff, 16, 3)
  packet.writeUInt8(heading.reportCount & 0xff, 19)
  let at = HEADER_BYTES
  for (const chunk of chunks) at = packet.writeUInt16BE(chunk, at)
  for (const delta of deltas) {
    if (symbolOf(delta) === smallDelta) at = packet.writeUInt8(delta ?? 0, at)
    if (symbolOf(delta) === largeDelta) at = packet.writeInt16BE(delta ?? 0, at)
  }
  if (paddingBytes > 0) packet.writeUInt8(paddingBytes, packet.length - 1)
  return packet
}

/** From one packet that came to the next one in the order of numbers; the first from the reference. */
const deltasOf = (ticks: readonly (number | undefined)[], start: number) => {
  let before = start
  return ticks.map(tick => {
    if (tick === undefined) return undefined
    const delta = Math.max(-0x8000, Math.min(0x7fff, tick - before))
    before = tick
    return delta
  })
}

const symbolOf = (delta: number | undefined): number => {
  if (delta === undefined) return missing
  return delta >= 0 && delta <= 0xff ? smallDelta : largeDelta
}

/** Runs of the same symbol where they are long, else seven symbols of two bits. */
const chunksOf = (symbols: readonly number[]): number[] => {
  const chunks: number[] = []
  for (let at = 0; at < symbols.length; ) {
    const symbol = symbols[at] ?? missing
    const end = symbols.findIndex((each, n) => n > at && each !== symbol)
    const run = (end === -1 ? symbols.length : end) - at
    if (run >= SYMBOLS_PER_VECTOR) {
      chunks.push((symbol << 13) | run)
      at += run
    } else {
      const vector = symbols.slice(at, at + SYMBOLS_PER_VECTOR)
      chunks.push(vector.reduce((bits, each, n) => bits | (each << (12 - 2 * n)), 0xc000))
      at += SYMBOLS_PER_VECTOR
    }
  }
  return chunks
}
