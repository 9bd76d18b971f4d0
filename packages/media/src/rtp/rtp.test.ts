import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tagType } from '../flv/tag.ts'
import { makeTags } from '../testing/clip.ts'
import { toAvcPayloads } from './avc-payload.ts'
import { type AccessUnit, createH264Assembler } from './h264-assembler.ts'
import { readParameterSets, splitNals, toPayloads } from './h264-packets.ts'
import { createMediaClock } from './media-clock.ts'
import { createReorder, type RtpUnit } from './reorder.ts'

const film = makeTags({ seconds: 1, size: '640x360' }).filter(({ type }) => type === tagType.video)
const header = film.find(({ payload }) => payload[1] === 0)?.payload ?? Buffer.alloc(0)
const pictures = film.filter(({ payload }) => payload[1] === 1)

/** The film as one stream of RTP packets. */
const packetize = (): RtpUnit[] => {
  let sequence = 65_500
  return pictures.flatMap(({ payload, timestampMs }, at) => {
    const sets = at === 0 ? readParameterSets(header.subarray(5)) : []
    const payloads = toPayloads(splitNals(payload.subarray(5)), sets)
    return payloads.map((piece, index) => ({
      sequence: sequence++ & 0xffff,
      timestamp: timestampMs * 90,
      isMarked: index === payloads.length - 1,
      payload: piece,
    }))
  })
}

/** What arrives of packets that come in this order, 20 ms apart. */
const receive = (packets: readonly RtpUnit[]) => {
  const units: AccessUnit[] = []
  const gaps = { count: 0 }
  const assembler = createH264Assembler(picture => units.push(picture))
  const reorder = createReorder({
    waitMs: 100,
    handleUnit: assembler.push,
    handleGap: () => {
      gaps.count += 1
      assembler.drop()
    },
  })
  for (const [at, packet] of packets.entries()) reorder.push(packet, at * 20)
  return { units, gaps }
}

test('pictures survive being cut into packets and put together, byte by byte', () => {
  const packets = packetize()
  expect(Math.max(...packets.map(({ payload }) => payload.length))).toBeLessThanOrEqual(1_180)
  const { units, gaps } = receive(packets)
  const payloads = units.map(toAvcPayloads)
  expect(gaps.count).toBe(0)
  expect(payloads[0]?.header).toEqual(header)
  const withoutHeader = payloads.map(({ frame }) => frame)
  expect(withoutHeader).toEqual(pictures.map(({ payload }) => payload))
})

test('packets that overtake each other are put back in order', () => {
  const packets = packetize()
  const shuffled = packets.toSorted((a, b) => rank(packets, a) - rank(packets, b))
  expect(shuffled).not.toEqual(packets)
  expect(receive(shuffled).units).toEqual(receive(packets).units)
})

/** Each third packet comes three places late. The first stays: it tells where the stream begins. */
const rank = (packets: readonly RtpUnit[], packet: RtpUnit): number => {
  const at = packets.indexOf(packet)
  return at > 0 && at % 3 === 0 ? at + 3.5 : at
}

test('a lost packet costs its picture and no other', () => {
  const packets = packetize()
  const lost = packets[Math.floor(packets.length / 2)]
  const { units, gaps } = receive(packets.filter(packet => packet !== lost))
  expect(gaps.count).toBe(1)
  const missing = pictures.length - units.length
  expect(missing).toBe(1)
  expect(units.some(({ timestamp }) => timestamp === lost?.timestamp)).toBe(false)
})

test('whatever comes, nothing throws, and no picture is larger than all that came', () => {
  const packet = fc.record({
    sequence: fc.nat(0xffff),
    timestamp: fc.constantFrom(0, 3_000, 6_000),
    isMarked: fc.boolean(),
    payload: fc.uint8Array({ maxLength: 64 }).map(bytes => Buffer.from(bytes)),
  })
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 60 }), packets => {
      const { units } = receive(packets)
      const byteCount = (of: readonly Buffer[]) => of.reduce((sum, { length }) => sum + length, 0)
      const arrived = byteCount(packets.map(({ payload }) => payload))
      expect(byteCount(units.flatMap(({ nals }) => nals))).toBeLessThanOrEqual(arrived)
      for (const unit of units) toAvcPayloads(unit)
    }),
  )
})

test('a sender that begins anew far away is followed at once', () => {
  const packets = packetize()
  const moved = packets.map(packet => ({ ...packet, sequence: (packet.sequence + 9_000) & 0xffff }))
  const { units } = receive([...packets, ...moved])
  expect(units.length).toBe(pictures.length * 2)
})

const RATES = { audio: 48_000, video: 90_000 }

test('sound that arrives early is pulled to where the sender says it belongs', () => {
  const clock = createMediaClock(RATES)
  const wallMs = 1_000_000
  // Sound of the moment 0 arrives at 0, the picture of the same moment only at 80 ms.
  clock.at('audio', { timestamp: 7_000, nowMs: 0 })
  clock.at('video', { timestamp: 90, nowMs: 80 })
  clock.handleReport('audio', { timestamp: 7_000, wallMs })
  clock.handleReport('video', { timestamp: 90, wallMs })
  let lastMs = 0
  for (let packet = 1; packet <= 500; packet++) {
    const nowMs = packet * 20
    const atMs = clock.at('audio', { timestamp: 7_000 + packet * 960, nowMs })
    expect(atMs - lastMs).toBeLessThanOrEqual(21.001)
    lastMs = atMs
  }
  expect(lastMs).toBeCloseTo(10_000 + 80, 3)
})

test('time goes on across the wrap of timestamps, and jitter of the network does not touch it', () => {
  const clock = createMediaClock(RATES)
  const first = clock.at('video', { timestamp: 0xffffffff - 4_499, nowMs: 500 })
  expect(clock.at('video', { timestamp: 4_500, nowMs: 999 }) - first).toBe(100)
})
