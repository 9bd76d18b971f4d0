/** Codes by their length: the first of each length, and where its symbols begin. */
export type HuffmanTable = {
  readonly symbols: Uint8Array
  /** `maxCode[length]`: the last code of this length; −1 when there is none. */
  readonly maxCode: Int32Array
  /** `offset[length]`: what to add to a code of this length to find its symbol. */
  readonly offset: Int32Array
}

const lengthMax = 16

/** Codes are handed out in order, shorter ones first (ITU T.81, annex C). */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const maxCode = new Int32Array(lengthMax + 1).fill(-1)
  const offset = new Int32Array(lengthMax + 1)
  let code = 0
  let place = 0
  for (let length = 1; length <= lengthMax; length++) {
    const count = counts[length - 1] ?? 0
    offset[length] = place - code
    if (count > 0) maxCode[length] = code + count - 1
    code = (code + count) << 1
    place += count
  }
  return { symbols, maxCode, offset }
}

export type JpegBits = {
  symbol(table: HuffmanTable): number
  /** A number of so many bits; the first bit tells its sign. */
  number(size: number): number
  /** Goes to the next restart marker. */
  restart(): void
}

/** The entropy-coded data, bit by bit. Past its end there are zeros: a cut picture is grey below. */
export function jpegBits(data: Uint8Array): JpegBits {
  let at = 0
  let buffer = 0
  let bufferedCount = 0
  const bit = (): number => {
    if (bufferedCount === 0) {
      const byte = data[at] ?? 0
      // A marker ends the data; the byte 0xff itself is written with a zero behind it.
      const isMarker = byte === 0xff && (data[at + 1] ?? 0xd9) !== 0
      buffer = isMarker ? 0 : byte
      if (!isMarker) at += byte === 0xff ? 2 : 1
      bufferedCount = 8
    }
    bufferedCount -= 1
    return (buffer >> bufferedCount) & 1
  }
  return {
    symbol({ symbols, maxCode, offset }) {
      let code = 0
      for (let length = 1; length <= lengthMax; length++) {
        code = (code << 1) | bit()
        if (code <= (maxCode[length] ?? -1)) return symbols[code + (offset[length] ?? 0)] ?? 0
      }
      return 0
    },
    number(size) {
      if (size === 0) return 0
      let value = 0
      for (let count = 0; count < size; count++) value = (value << 1) | bit()
      return value < 1 << (size - 1) ? value - (1 << size) + 1 : value
    },
    restart() {
      bufferedCount = 0
      while (at < data.length && !isRestart(data, at)) at += 1
      at += 2
    },
  }
}

const isRestart = (data: Uint8Array, at: number): boolean =>
  data[at] === 0xff && ((data[at + 1] ?? 0) & 0xf8) === 0xd0
