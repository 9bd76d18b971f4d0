import { invariant } from '@kaibo/kernel/invariant'

/*
 * Arrays in the binary form of the wire protocol (array_recv of PostgreSQL's arrayfuncs.c), for
 * statements that take hundreds of rows as columns: an id is 16 bytes there, not 36 characters that
 * both sides have to spell.
 */

type Cell<T> = T | null
type Kind<T> = {
  /** The type's number in pg_type. */
  typeId: number
  byteLength(value: T): number
  write(into: Buffer, value: T, at: number): void
}

const headBytes = 20
const lengthBytes = 4

const encoderOf =
  <T>({ typeId, byteLength, write }: Kind<T>) =>
  (values: readonly Cell<T>[]): Buffer => {
    let size = headBytes
    for (const value of values) size += lengthBytes + (value === null ? 0 : byteLength(value))
    const bytes = Buffer.allocUnsafe(size)
    bytes.writeInt32BE(values.length > 0 ? 1 : 0, 0)
    bytes.writeInt32BE(1, 4)
    bytes.writeInt32BE(typeId, 8)
    if (values.length === 0) return bytes.subarray(0, 12)
    bytes.writeInt32BE(values.length, 12)
    bytes.writeInt32BE(1, 16)
    let at = headBytes
    for (const value of values) {
      const length = value === null ? -1 : byteLength(value)
      bytes.writeInt32BE(length, at)
      at += lengthBytes
      if (value === null) continue
      write(bytes, value, at)
      at += length
    }
    return bytes
  }

const twoTo32 = 2 ** 32

export const integers = encoderOf<number>({
  typeId: 23,
  byteLength: () => 4,
  write: (into, value, at) => into.writeInt32BE(value, at),
})

/** Safe integers as `bigint[]`, for money. */
export const bigints = encoderOf<number>({
  typeId: 20,
  byteLength: () => 8,
  write: (into, value, at) => {
    invariant(Number.isSafeInteger(value), `no safe integer: ${value}`)
    into.writeInt32BE(Math.floor(value / twoTo32), at)
    into.writeUInt32BE(value >>> 0, at + 4)
  },
})

export const booleans = encoderOf<boolean>({
  typeId: 16,
  byteLength: () => 1,
  write: (into, value, at) => into.writeUInt8(value ? 1 : 0, at),
})

export const texts = encoderOf<string>({
  typeId: 25,
  byteLength: value => Buffer.byteLength(value),
  write: (into, value, at) => into.write(value, at),
})

const idLength = 36
const notHex = 16
const digits = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(digit) ? notHex : digit
})
const hyphens = new Set([8, 13, 18, 23])
/** Where the two digits of each byte stand. */
const places = Array.from({ length: idLength }, (_, at) => at).filter(at => !hyphens.has(at))

/** Ids of the usual form, with hyphens. */
export const uuids = encoderOf<string>({
  typeId: 2950,
  byteLength: () => 16,
  write: (into, value, at) => {
    let seen = value.length === idLength ? 0 : notHex
    for (let byte = 0; byte < 16; byte++) {
      const high = digits[value.charCodeAt(places[byte * 2] ?? 0)] ?? notHex
      const low = digits[value.charCodeAt(places[byte * 2 + 1] ?? 0)] ?? notHex
      seen |= high | low
      into[at + byte] = (high << 4) | low
    }
    invariant(seen < notHex, `no id: ${value}`)
  },
})
