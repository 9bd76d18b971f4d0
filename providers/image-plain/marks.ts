import type { Luma } from './jpeg.ts'

/** Mean and spread of the brightness. */
export function toneOf({ at }: Luma): { mean: number; spread: number } {
  let sum = 0
  let squares = 0
  for (let place = 0; place < at.length; place++) {
    const value = at[place] ?? 0
    sum += value
    squares += value * value
  }
  const mean = sum / at.length
  return { mean, spread: Math.sqrt(Math.max(0, squares / at.length - mean * mean)) }
}

/** How much two pictures differ per pixel; infinite when their sizes differ. */
export function differenceOf(one: Luma, other: Luma): number {
  if (one.width !== other.width || one.height !== other.height) return Number.POSITIVE_INFINITY
  let sum = 0
  for (let place = 0; place < one.at.length; place++)
    sum += Math.abs((one.at[place] ?? 0) - (other.at[place] ?? 0))
  return sum / one.at.length
}

/** Dark pixels are 1, row by row. */
type Ink = { readonly width: number; readonly height: number; readonly dark: Uint8Array }

export type Mark = { x: number; y: number; modulePx: number }

const marksMax = 50
const modulePxMin = 1.5

/**
 * The corner marks of QR codes: dark and light in the proportions 1 : 1 : 3 : 1 : 1, across and down.
 * Three of one size make a code. Codes that lie askew by more than some degrees are not found.
 */
export function cornerMarks(luma: Luma): Mark[] {
  const ink = inkOf(luma)
  const { width, height } = ink
  const marks: Mark[] = []
  for (let y = 0; y < height && marks.length < marksMax; y += 2) {
    for (const { centre: x, modulePx } of runsOf(ink, {
      start: y * width,
      step: 1,
      count: width,
    })) {
      const isKnown = marks.some(
        mark => Math.abs(mark.x - x) < 4 * modulePx && Math.abs(mark.y - y) < 5 * modulePx,
      )
      if (isKnown) continue
      // The mark around this line: seven modules, and where it may begin.
      const top = Math.max(0, Math.floor(y - 8 * modulePx))
      const count = Math.min(height - top, Math.ceil(16 * modulePx))
      const column = { start: top * width + Math.round(x - 0.5), step: width, count }
      const down = runsOf(ink, column).find(
        run => Math.abs(top + run.centre - y) < 3 * modulePx && isAlike(run.modulePx, modulePx),
      )
      if (!down) continue
      const mark = { x, y: top + down.centre, modulePx }
      if (isWhole(ink, mark)) marks.push(mark)
    }
  }
  return marks
}

/** A mark is dark within, light around that, and dark around that again: nearly every module fits. */
function isWhole({ width, dark }: Ink, { x, y, modulePx }: Mark): boolean {
  let fitCount = 0
  for (let row = -3; row <= 3; row++) {
    for (let column = -3; column <= 3; column++) {
      const ring = Math.max(Math.abs(row), Math.abs(column))
      const atX = Math.round(x + column * modulePx - 0.5)
      const atY = Math.round(y + row * modulePx - 0.5)
      if ((dark[atY * width + atX] === 1) === (ring !== 2)) fitCount += 1
    }
  }
  return fitCount >= 45
}

const isAlike = (one: number, other: number): boolean =>
  Math.max(one, other) < 1.4 * Math.min(one, other)

/** Whether three corner marks make the corner of one code: two equal sides at a right angle. */
export function hasCode(marks: readonly Mark[]): boolean {
  return marks.some((corner, a) =>
    marks.some((one, b) =>
      marks.some((other, c) => {
        if (a === b || a === c || b >= c) return false
        if (!isAlike(corner.modulePx, one.modulePx) || !isAlike(corner.modulePx, other.modulePx))
          return false
        const [dx, dy] = [one.x - corner.x, one.y - corner.y]
        const [ex, ey] = [other.x - corner.x, other.y - corner.y]
        const [length, otherLength] = [Math.hypot(dx, dy), Math.hypot(ex, ey)]
        // The smallest code is 21 modules wide, its marks 14 apart.
        const isFar = Math.min(length, otherLength) > 11 * corner.modulePx
        return (
          isFar && isAlike(length, otherLength) && isRight(dx * ex + dy * ey, length * otherLength)
        )
      }),
    ),
  )
}

const isRight = (dot: number, lengths: number): boolean => Math.abs(dot) < 0.2 * lengths

const proportions = [1, 1, 3, 1, 1]

/** Stretches of a line of pixels in the proportions of a corner mark. */
function runsOf(
  { dark }: Ink,
  { start, step, count }: { start: number; step: number; count: number },
): { centre: number; modulePx: number }[] {
  const found: { centre: number; modulePx: number }[] = []
  const edges = [0]
  for (let place = 1; place < count; place++)
    if (dark[start + place * step] !== dark[start + (place - 1) * step]) edges.push(place)
  edges.push(count)
  // Dark and light take turns, so every other edge begins a dark stretch.
  for (let first = dark[start] === 1 ? 0 : 1; first + 5 < edges.length; first += 2) {
    const from = edges[first] ?? 0
    const to = edges[first + 5] ?? 0
    const modulePx = (to - from) / 7
    if (modulePx >= modulePxMin && isInProportion(edges, first, modulePx))
      found.push({ centre: (from + to) / 2, modulePx })
  }
  return found
}

function isInProportion(edges: readonly number[], first: number, modulePx: number): boolean {
  for (const [run, share] of proportions.entries()) {
    const size = (edges[first + run + 1] ?? 0) - (edges[first + run] ?? 0)
    if (Math.abs(size - share * modulePx) > 0.5 * share * modulePx + 0.5) return false
  }
  return true
}

const cellPx = 32

/** Which pixels are darker than their surroundings: light falls differently across a room. */
function inkOf({ width, height, at }: Luma): Ink {
  const dark = new Uint8Array(width * height)
  for (let top = 0; top < height; top += cellPx) {
    for (let left = 0; left < width; left += cellPx) {
      const cell = {
        top,
        left,
        bottom: Math.min(height, top + cellPx),
        right: Math.min(width, left + cellPx),
      }
      const level = levelOf({ width, height, at }, cell)
      for (let y = cell.top; y < cell.bottom; y++)
        for (let x = left; x < cell.right; x++)
          dark[y * width + x] = (at[y * width + x] ?? 0) < level ? 1 : 0
    }
  }
  return { width, height, dark }
}

/** Below it a pixel of this cell is dark. */
function levelOf(
  { width, at }: Luma,
  cell: { top: number; left: number; bottom: number; right: number },
): number {
  let low = 255
  let high = 0
  for (let y = cell.top; y < cell.bottom; y++) {
    for (let x = cell.left; x < cell.right; x++) {
      const value = at[y * width + x] ?? 0
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  // An even surface is one or the other as a whole, whatever noise there is on it.
  if (high - low < 48) return low < 96 ? 256 : 0
  return (low + high) / 2
}
