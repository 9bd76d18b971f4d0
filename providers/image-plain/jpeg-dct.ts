/** `cosines[u * 8 + x]`: what the frequency `u` adds at the place `x`. */
const cosines = Float64Array.from({ length: 64 }, (_, place) => {
  const [u, x] = [place >> 3, place & 7]
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16)
})
const rows = new Float64Array(64)

/** Frequencies of a block into brightness: eight rows of eight at `out`, `stride` apart. */
export function inverseDct(values: Int32Array, out: Uint8ClampedArray, stride: number): void {
  let last = 63
  while (last > 0 && values[last] === 0) last -= 1
  if (last === 0) {
    fillEvenly((values[0] ?? 0) / 8, out, stride)
    return
  }
  // Most blocks have few frequencies: rows without any are passed over.
  const rowCount = (last >> 3) + 1
  for (let v = 0; v < rowCount; v++) {
    for (let x = 0; x < 8; x++) {
      let sum = 0
      for (let u = 0; u < 8; u++) sum += (values[v * 8 + u] ?? 0) * (cosines[u * 8 + x] ?? 0)
      rows[v * 8 + x] = sum
    }
  }
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      let sum = 128
      for (let v = 0; v < rowCount; v++) sum += (rows[v * 8 + x] ?? 0) * (cosines[v * 8 + y] ?? 0)
      out[y * stride + x] = sum
    }
  }
}

function fillEvenly(value: number, out: Uint8ClampedArray, stride: number): void {
  const level = Math.max(0, Math.min(255, Math.round(value + 128)))
  for (let y = 0; y < 8; y++) out.fill(level, y * stride, y * stride + 8)
}
