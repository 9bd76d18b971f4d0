/**
 * A wall clock burnt into pictures: one row of black and white cells, 26 bits of milliseconds and
 * six check bits. `page.html` holds the reading half.
 */
export const STRIP = { cellPx: 20, heightPx: 16, timeBits: 26, checkBits: 6 } as const

const BLACK = 16
const WHITE = 235

/** The check bits: the sum of the six-bit groups of the time. */
const checkOf = (time: number): number => {
  let sum = 0
  for (let rest = time; rest > 0; rest = Math.floor(rest / 64)) sum += rest % 64
  return sum % 64
}

/** Burns a moment into the luma plane of a picture. */
export const burnClock = (luma: Uint8Array, picture: { widthPx: number; timeMs: number }): void => {
  const time = picture.timeMs % 2 ** STRIP.timeBits
  const bits = [
    ...time.toString(2).padStart(STRIP.timeBits, '0'),
    ...checkOf(time).toString(2).padStart(STRIP.checkBits, '0'),
  ]
  for (const [cell, bit] of bits.entries()) {
    for (let row = 0; row < STRIP.heightPx; row++) {
      const at = row * picture.widthPx + cell * STRIP.cellPx
      luma.fill(bit === '1' ? WHITE : BLACK, at, at + STRIP.cellPx)
    }
  }
}
