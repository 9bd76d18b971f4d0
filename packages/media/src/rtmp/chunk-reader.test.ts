import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ChunkReader } from './chunk-reader.ts'
import { encodeMessage } from './chunk-writer.ts'
import type { RtmpMessage } from './message.ts'

const LIMITS = { messageBytesMax: 100_000 }

const readAll = (reader: ChunkReader, pieces: readonly Buffer[]): RtmpMessage[] => {
  const messages: RtmpMessage[] = []
  for (const piece of pieces) {
    reader.push(piece)
    for (let message = reader.next(); message; message = reader.next()) messages.push(message)
  }
  return messages
}

const message: fc.Arbitrary<RtmpMessage> = fc.record({
  typeId: fc.constantFrom(8, 9, 18, 20),
  streamId: fc.nat(5),
  timestampMs: fc.oneof(fc.nat(100_000), fc.integer({ min: 0xfffffe, max: 0xffffffff })),
  payload: fc.uint8Array({ maxLength: 700 }).map(bytes => Buffer.from(bytes)),
})

test('messages come out as they went in, wherever the network cuts them', () => {
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(1, 128, 4096),
      fc.array(fc.nat(4_000), { maxLength: 8 }),
      (messages, chunkBytes, cuts) => {
        const bytes = Buffer.concat(messages.map(each => encodeMessage(each, chunkBytes)))
        const edges = [0, ...cuts.filter(cut => cut < bytes.length).sort((a, b) => a - b)]
        const pieces = edges.map((edge, at) => bytes.subarray(edge, edges[at + 1]))
        const reader = new ChunkReader(LIMITS)
        reader.setChunkBytes(chunkBytes)
        expect(readAll(reader, pieces)).toEqual(messages)
      },
    ),
  )
})

test('every single split point of a message gives the same message', () => {
  const payload = Buffer.from(Array.from({ length: 300 }, (_, at) => at % 256))
  const sent = { typeId: 9, streamId: 1, timestampMs: 0x1000000, payload }
  const bytes = encodeMessage(sent, 128)
  for (let cut = 0; cut <= bytes.length; cut++) {
    const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)]
    expect(readAll(new ChunkReader(LIMITS), pieces)).toEqual([sent])
  }
})

/** A header of format 1, 2 or 3, as encoders write it to save bytes. */
const short = (
  format: 1 | 2 | 3,
  fields: { deltaMs?: number; byteCount?: number; body: string },
) => {
  const head = Buffer.alloc([0, 8, 4, 1][format] ?? 0)
  head.writeUInt8((format << 6) | 6, 0)
  if (format <= 2) head.writeUIntBE(fields.deltaMs ?? 0, 1, 3)
  if (format === 1) {
    head.writeUIntBE(fields.byteCount ?? 0, 4, 3)
    head.writeUInt8(9, 7)
  }
  return Buffer.concat([head, Buffer.from(fields.body)])
}

test('compressed headers take what they leave out from the message before', () => {
  const first = { typeId: 9, streamId: 1, timestampMs: 100, payload: Buffer.from('abc') }
  const messages = readAll(new ChunkReader(LIMITS), [
    encodeMessage(first, 128),
    short(1, { deltaMs: 40, byteCount: 2, body: 'de' }),
    short(2, { deltaMs: 30, body: 'fg' }),
    short(3, { body: 'hi' }),
  ])
  expect(messages.map(({ timestampMs, payload }) => [timestampMs, payload.toString()])).toEqual([
    [100, 'abc'],
    [140, 'de'],
    [170, 'fg'],
    [200, 'hi'],
  ])
  expect(messages.every(({ typeId, streamId }) => typeId === 9 && streamId === 1)).toBe(true)
})

test('audio between the chunks of a picture disturbs neither', () => {
  const picture = { typeId: 9, streamId: 1, timestampMs: 0, payload: Buffer.alloc(200, 'v') }
  const sound = { typeId: 8, streamId: 1, timestampMs: 0, payload: Buffer.alloc(20, 'a') }
  const chunks = encodeMessage(picture, 128)
  const pieces = [
    chunks.subarray(0, 12 + 128),
    encodeMessage(sound, 128),
    chunks.subarray(12 + 128),
  ]
  expect(readAll(new ChunkReader(LIMITS), pieces)).toEqual([sound, picture])
})

test('a message over the limit is refused before its bytes arrive', () => {
  const big = { typeId: 9, streamId: 1, timestampMs: 0, payload: Buffer.alloc(101_000) }
  const head = encodeMessage(big, 128).subarray(0, 12)
  expect(() => readAll(new ChunkReader(LIMITS), [head])).toThrow('message too large')
})

/** The first chunk of a long message in a chunk stream of one's choice. */
const opening = (chunkStreamId: number, byteCount: number): Buffer => {
  const head = Buffer.alloc(13)
  head.writeUInt8(0, 0)
  head.writeUInt8(chunkStreamId - 64, 1)
  head.writeUIntBE(byteCount, 5, 3)
  head.writeUInt8(9, 8)
  return Buffer.concat([head, Buffer.alloc(128)])
}

test('many half-sent messages do not multiply the memory allowed', () => {
  const reader = new ChunkReader(LIMITS)
  const pieces = [64, 65, 66].map(id => opening(id, 90_000))
  expect(() => readAll(reader, pieces)).toThrow('too much in flight')
})

test('a 65th chunk stream is refused', () => {
  const pieces = Array.from({ length: 65 }, (_, at) => opening(64 + at, 129))
  expect(() => readAll(new ChunkReader(LIMITS), pieces.slice(0, 64))).not.toThrow()
  expect(() => readAll(new ChunkReader(LIMITS), pieces)).toThrow('too many chunk streams')
})
