import type { RtmpMessage } from './message.ts'

const CHUNK_BYTES_DEFAULT = 128
const CHUNK_BYTES_MAX = 0xffffff
const CHUNK_STREAMS_MAX = 64
const EXTENDED_TIMESTAMP = 0xffffff
/** Length of the message header for the chunk formats 0 to 3 (RTMP 1.0, §5.3.1.2). */
const HEADER_BYTES = [11, 7, 3, 0] as const

type ChunkStream = {
  timestampMs: number
  /** The timestamp field of the last header: what a format 3 chunk adds to start a new message. */
  deltaMs: number
  byteCount: number
  typeId: number
  streamId: number
  isExtended: boolean
  payload: Buffer | undefined
  filled: number
}

/**
 * Puts RTMP messages together from chunks, wherever the network cut them.
 * Pull-based, so that a session may stop between two messages while it awaits a decision.
 * Throws on anything malformed or over a limit; the connection is then beyond repair.
 */
export class ChunkReader {
  /** The largest message accepted, bytes. */
  messageBytesMax: number
  #chunkBytes = CHUNK_BYTES_DEFAULT
  #input: Buffer = Buffer.alloc(0)
  #at = 0
  #streams = new Map<number, ChunkStream>()
  #current: ChunkStream | undefined
  #chunkLeft = 0
  #inFlightBytes = 0

  constructor(limits: { messageBytesMax: number }) {
    this.messageBytesMax = limits.messageBytesMax
  }

  /** Obeys a "set chunk size" message for all chunks that follow. */
  setChunkBytes(byteCount: number): void {
    if (byteCount < 1 || byteCount > CHUNK_BYTES_MAX) throw new Error('rtmp: bad chunk size')
    this.#chunkBytes = byteCount
  }

  /** Obeys an "abort" message: forgets the partial message of a chunk stream. */
  abort(chunkStreamId: number): void {
    const stream = this.#streams.get(chunkStreamId)
    if (stream) this.#dropPartial(stream)
  }

  push(bytes: Buffer): void {
    // What is left over is at most one header: payload bytes are taken as they come.
    const rest = this.#input.subarray(this.#at)
    this.#input = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    this.#at = 0
  }

  /** The next complete message, or undefined when more bytes are needed. */
  next(): RtmpMessage | undefined {
    for (;;) {
      if (this.#current === undefined) {
        this.#current = this.#readHeader()
        if (this.#current === undefined) return undefined
      }
      const stream = this.#current
      this.#readPayload(stream)
      if (this.#chunkLeft > 0) return undefined
      this.#current = undefined
      if (stream.filled === stream.byteCount) return this.#finish(stream)
    }
  }

  /** Reads one chunk header, or consumes nothing when it is not there in full. */
  #readHeader(): ChunkStream | undefined {
    const input = this.#input
    const first = input[this.#at]
    if (first === undefined) return undefined
    const basicBytes = (first & 63) === 0 ? 2 : (first & 63) === 1 ? 3 : 1
    const format = first >> 6
    const headerAt = this.#at + basicBytes
    const bodyAt = headerAt + (HEADER_BYTES[format] ?? 0)
    if (input.length < bodyAt) return undefined
    const known = this.#streams.get(this.#readId(first))
    if (known === undefined && format !== 0 && format !== 1) throw new Error('rtmp: lost header')
    const field = format === 3 ? 0 : input.readUIntBE(headerAt, 3)
    const isExtended = format === 3 ? known?.isExtended === true : field === EXTENDED_TIMESTAMP
    if (isExtended && input.length < bodyAt + 4) return undefined
    const stream = known ?? this.#open(this.#readId(first))
    this.#at = isExtended ? bodyAt + 4 : bodyAt
    if (format !== 3) {
      this.#dropPartial(stream)
      stream.isExtended = isExtended
      stream.deltaMs = isExtended ? input.readUInt32BE(bodyAt) : field
      if (format <= 1) {
        stream.byteCount = input.readUIntBE(headerAt + 3, 3)
        stream.typeId = input.readUInt8(headerAt + 6)
      }
      if (format === 0) stream.streamId = input.readUInt32LE(headerAt + 7)
    }
    if (stream.payload === undefined) this.#begin(stream, { isAbsolute: format === 0 })
    this.#chunkLeft = Math.min(this.#chunkBytes, stream.byteCount - stream.filled)
    return stream
  }

  #readId(first: number): number {
    const low = first & 63
    if (low === 0) return 64 + this.#input.readUInt8(this.#at + 1)
    return low === 1 ? 64 + this.#input.readUInt16LE(this.#at + 1) : low
  }

  #open(id: number): ChunkStream {
    if (this.#streams.size === CHUNK_STREAMS_MAX) throw new Error('rtmp: too many chunk streams')
    const stream: ChunkStream = {
      timestampMs: 0,
      deltaMs: 0,
      byteCount: 0,
      typeId: 0,
      streamId: 0,
      isExtended: false,
      payload: undefined,
      filled: 0,
    }
    this.#streams.set(id, stream)
    return stream
  }

  #begin(stream: ChunkStream, header: { isAbsolute: boolean }): void {
    if (stream.byteCount > this.messageBytesMax) throw new Error('rtmp: message too large')
    // Many half-sent messages at once would multiply the limit by the number of chunk streams.
    this.#inFlightBytes += stream.byteCount
    if (this.#inFlightBytes > 2 * this.messageBytesMax) throw new Error('rtmp: too much in flight')
    stream.timestampMs = header.isAbsolute
      ? stream.deltaMs
      : (stream.timestampMs + stream.deltaMs) >>> 0
    stream.payload = Buffer.allocUnsafe(stream.byteCount)
    stream.filled = 0
  }

  #readPayload(stream: ChunkStream): void {
    const byteCount = Math.min(this.#chunkLeft, this.#input.length - this.#at)
    if (stream.payload)
      this.#input.copy(stream.payload, stream.filled, this.#at, this.#at + byteCount)
    this.#at += byteCount
    stream.filled += byteCount
    this.#chunkLeft -= byteCount
  }

  #finish(stream: ChunkStream): RtmpMessage {
    const { typeId, streamId, timestampMs, payload = Buffer.alloc(0) } = stream
    this.#dropPartial(stream)
    return { typeId, streamId, timestampMs, payload }
  }

  #dropPartial(stream: ChunkStream): void {
    if (stream.payload === undefined) return
    this.#inFlightBytes -= stream.payload.length
    stream.payload = undefined
    stream.filled = 0
  }
}
