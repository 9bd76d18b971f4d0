import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RtcpHeader, StatusVectorChunk, TransportWideCC } from 'werift'
import { createTransportFeedback } from './transport-feedback.ts'

const HEADER_BYTES = 4
const REFERENCE_MS = 64
const TICK_MS = 0.25

/** What a sender makes of a report: for each number its arrival, ms, or that it is missing. */
const read = (report: Buffer): Map<number, number | undefined> => {
  expect(report.length).toBe((report.readUInt16BE(2) + 1) * 4)
  const header = RtcpHeader.deSerialize(report.subarray(0, HEADER_BYTES))
  const told = TransportWideCC.deSerialize(report.subarray(HEADER_BYTES), header)
  expect([told.senderSsrc, told.mediaSourceSsrc]).toEqual([7, 8])
  const { packetChunks, packetStatusCount, baseSequenceNumber, recvDeltas } = told
  const symbols = packetChunks
    .flatMap(chunk =>
      chunk instanceof StatusVectorChunk
        ? chunk.symbolList
        : Array.from({ length: chunk.runLength }, () => chunk.packetStatus),
    )
    .slice(0, packetStatusCount)
  let atMs = told.referenceTime * REFERENCE_MS
  return new Map(
    symbols.map((symbol, n) => {
      if (Number(symbol) !== 0) atMs += (recvDeltas.shift()?.delta ?? Number.NaN) / 1_000
      return [(baseSequenceNumber + n) & 0xffff, Number(symbol) === 0 ? undefined : atMs]
    }),
  )
}

const openFeedback = () => {
  const reports: Buffer[] = []
  const feedback = createTransportFeedback({
    ssrc: 7,
    mediaSsrc: () => 8,
    send: report => reports.push(report),
  })
  return { feedback, reports }
}

test('a sender learns when each packet came, and which did not, to a quarter of a millisecond', () => {
  const packet = fc.record({
    isLost: fc.boolean(),
    gapMs: fc.double({ min: -5, max: 90, noNaN: true }),
  })
  const packets = fc.array(packet, { minLength: 1, maxLength: 150 })
  fc.assert(
    fc.property(packets, fc.nat(0xffff), (sent, firstNumber) => {
      const { feedback, reports } = openFeedback()
      let atMs = 100_000
      const came = new Map<number, number>()
      sent.forEach(({ isLost, gapMs }, n) => {
        atMs += gapMs
        const number = (firstNumber + n) & 0xffff
        if (isLost) return
        came.set(number, atMs)
        feedback.note(number, atMs)
      })
      feedback.report()
      const told = reports.map(read).flatMap(report => [...report])
      expect(told.filter(([, at]) => at !== undefined).map(([number]) => number)).toEqual([
        ...came.keys(),
      ])
      for (const [number, at] of told) {
        if (at === undefined) expect(came.has(number)).toBe(false)
        else expect(Math.abs(at - (came.get(number) ?? 0))).toBeLessThanOrEqual(TICK_MS)
      }
    }),
  )
})

test('what is lost between two reports is told by the second', () => {
  const { feedback, reports } = openFeedback()
  feedback.note(65_534, 1_000)
  feedback.report()
  feedback.note(1, 1_010)
  feedback.report()
  expect(reports.map(report => [...read(report)])).toEqual([
    [[65_534, 1_000]],
    [
      [65_535, undefined],
      [0, undefined],
      [1, 1_010],
    ],
  ])
})

test('nothing came, nothing is told', () => {
  const { feedback, reports } = openFeedback()
  feedback.report()
  expect(reports).toEqual([])
})

test('numbers that jump make no report larger than a datagram, nor what waits endless', () => {
  const { feedback, reports } = openFeedback()
  for (let n = 0; n < 10_000; n++) feedback.note((n * 31_337) & 0xffff, n)
  feedback.report()
  expect(Math.max(...reports.map(report => report.length))).toBeLessThan(1_200)
})
