import { type HuffmanTable, huffmanTable, type JpegBits, jpegBits } from './jpeg-bits.ts'
import { inverseDct } from './jpeg-dct.ts'

/** The brightness of a picture, row by row, 0–255. */
export type Luma = {
  readonly width: number
  readonly height: number
  readonly at: Uint8ClampedArray
}

/** A picture that we do not read: not JPEG, not baseline, or broken. */
export class JpegError extends Error {
  override readonly name = 'JpegError'
}

const pixelsMax = 4_000_000

type Component = { id: number; h: number; v: number; quantId: number; dcId: number; acId: number }
type Frame = { width: number; height: number; components: Component[] }

/** What the headers of a JPEG say before its data. */
type Head = {
  quants: Map<number, Uint16Array>
  dc: Map<number, HuffmanTable>
  ac: Map<number, HuffmanTable>
  frame: Frame | undefined
  restartEvery: number
}

/**
 * Reads the brightness of a baseline JPEG (ITU T.81), as ffmpeg and cameras write it; colour is
 * skipped. Throws {@link JpegError}.
 */
export function readLuma(bytes: Uint8Array): Luma {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new JpegError('not a JPEG')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head: Head = {
    quants: new Map(),
    dc: new Map(),
    ac: new Map(),
    frame: undefined,
    restartEvery: 0,
  }
  let at = 2
  while (at + 4 <= bytes.length) {
    const marker = view.getUint16(at)
    const length = view.getUint16(at + 2)
    const body = bytes.subarray(at + 4, at + 2 + length)
    if (length < 2 || body.length !== length - 2) break
    if (marker === 0xffda) return readScan(head, body, bytes.subarray(at + 2 + length))
    readSegment(head, marker, body)
    at += 2 + length
  }
  throw new JpegError('no picture in it')
}

function readSegment(head: Head, marker: number, body: Uint8Array): void {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  if (marker === 0xffdb) readQuants(head, body)
  else if (marker === 0xffc0 || marker === 0xffc1) head.frame = readFrame(body, view)
  else if (marker === 0xffc4) readTables(head, body)
  else if (marker === 0xffdd && body.length >= 2) head.restartEvery = view.getUint16(0)
  else if (marker >= 0xffc2 && marker <= 0xffcf && marker !== 0xffc8 && marker !== 0xffcc)
    throw new JpegError('not a baseline JPEG')
}

function readQuants({ quants }: Head, body: Uint8Array): void {
  for (let at = 0; at < body.length; at += 65) {
    const id = body[at] ?? 0
    if (id > 3 || at + 65 > body.length) throw new JpegError('a quantisation table of 16 bits')
    quants.set(id, Uint16Array.from(body.subarray(at + 1, at + 65)))
  }
}

function readTables({ dc, ac }: Head, body: Uint8Array): void {
  for (let at = 0; at + 17 <= body.length; ) {
    const kind = body[at] ?? 0
    const counts = body.subarray(at + 1, at + 17)
    const size = counts.reduce((sum, count) => sum + count, 0)
    const table = huffmanTable(counts, body.subarray(at + 17, at + 17 + size))
    const tables = kind >> 4 === 0 ? dc : ac
    tables.set(kind & 15, table)
    at += 17 + size
  }
}

function readFrame(body: Uint8Array, view: DataView): Frame {
  if (body.length < 6 || body.length < 6 + 3 * (body[5] ?? 0)) throw new JpegError('a short frame')
  const [height, width] = [view.getUint16(1), view.getUint16(3)]
  if (body[0] !== 8 || width === 0 || height === 0 || width * height > pixelsMax)
    throw new JpegError('a size that we do not read')
  const components = Array.from({ length: body[5] ?? 0 }, (_, place): Component => {
    const [id = 0, sampling = 0, quantId = 0] = body.subarray(6 + 3 * place, 9 + 3 * place)
    const [h, v] = [sampling >> 4, sampling & 15]
    if (h < 1 || h > 4 || v < 1 || v > 4) throw new JpegError('a sampling that there is not')
    return { id, h, v, quantId, dcId: 0, acId: 0 }
  })
  return { width, height, components }
}

function readScan(head: Head, body: Uint8Array, data: Uint8Array): Luma {
  const { frame } = head
  if (!frame || body[0] !== frame.components.length) throw new JpegError('not all in one scan')
  frame.components.forEach((component, place) => {
    const tables = body[2 + 2 * place] ?? 0
    component.dcId = tables >> 4
    component.acId = tables & 15
  })
  return decode(head, frame, jpegBits(data))
}

/** Goes through the data, keeping the first component and passing over the others. */
function decode(head: Head, frame: Frame, bits: JpegBits): Luma {
  const { components } = frame
  const [first] = components
  if (!first) throw new JpegError('no component')
  const hMax = Math.max(...components.map(({ h }) => h))
  const vMax = Math.max(...components.map(({ v }) => v))
  const mcusWide = Math.ceil(frame.width / (8 * hMax))
  const mcusHigh = Math.ceil(frame.height / (8 * vMax))
  const width = mcusWide * first.h * 8
  const pixels = new Uint8ClampedArray(width * mcusHigh * first.v * 8)
  const coders = components.map(component => blockReader(head, component, bits))
  for (let mcu = 0; mcu < mcusWide * mcusHigh; mcu++) {
    if (head.restartEvery > 0 && mcu > 0 && mcu % head.restartEvery === 0) {
      bits.restart()
      for (const coder of coders) coder.reset()
    }
    components.forEach((component, place) => {
      for (let block = 0; block < component.h * component.v; block++) {
        const values = coders[place]?.read()
        if (place > 0 || !values) continue
        const x = ((mcu % mcusWide) * component.h + (block % component.h)) * 8
        const y = (Math.floor(mcu / mcusWide) * component.v + Math.floor(block / component.h)) * 8
        inverseDct(values, pixels.subarray(y * width + x), width)
      }
    })
  }
  return crop(pixels, width, frame)
}

function crop(pixels: Uint8ClampedArray, stride: number, { width, height }: Frame): Luma {
  const at = new Uint8ClampedArray(width * height)
  for (let y = 0; y < height; y++)
    at.set(pixels.subarray(y * stride, y * stride + width), y * width)
  return { width, height, at }
}

/** Places of a block's values, in the order in which they are written. */
const zigzag = Uint8Array.of(
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5],
  ...[12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28],
  ...[35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51],
  ...[58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63],
)

/** Reads one component's blocks; the first value of each is told as a difference to the last. */
function blockReader(head: Head, component: Component, bits: JpegBits) {
  const quant = head.quants.get(component.quantId)
  const dc = head.dc.get(component.dcId)
  const ac = head.ac.get(component.acId)
  if (!quant || !dc || !ac) throw new JpegError('a table is missing')
  const values = new Int32Array(64)
  let last = 0
  return {
    reset: () => {
      last = 0
    },
    read(): Int32Array {
      values.fill(0)
      last += bits.number(bits.symbol(dc))
      values[0] = last * (quant[0] ?? 0)
      for (let place = 1; place < 64; place++) {
        const symbol = bits.symbol(ac)
        if (symbol === 0) break
        place += symbol >> 4
        if (place > 63) throw new JpegError('a block too long')
        values[zigzag[place] ?? 0] = bits.number(symbol & 15) * (quant[place] ?? 0)
      }
      return values
    },
  }
}
