import { VIDEO_TRACK } from '../llhls/init-segment.ts'

/** What is whole at the beginning of a file of fragments. */
export type Measure = {
  readonly bytes: number
  /** How much time the pictures of these fragments cover; 0 without pictures. */
  readonly durationMs: number
}

type Box = { readonly type: string; readonly body: Buffer; readonly end: number }

const BOX_HEAD = 8

/** The box that begins at `at`; undefined when it does not end within the bytes. */
const boxAt = (bytes: Buffer, at: number): Box | undefined => {
  if (at + BOX_HEAD > bytes.length) return undefined
  const end = at + bytes.readUInt32BE(at)
  if (end < at + BOX_HEAD || end > bytes.length) return undefined
  const type = bytes.toString('latin1', at + 4, at + BOX_HEAD)
  return { type, body: bytes.subarray(at + BOX_HEAD, end), end }
}

const boxesIn = (bytes: Buffer): Box[] => {
  const boxes: Box[] = []
  for (let box = boxAt(bytes, 0); box; box = boxAt(bytes, box.end)) boxes.push(box)
  return boxes
}

const TRUN_DATA_OFFSET = 0x1
const TRUN_FIRST_FLAGS = 0x4
const TRUN_DURATION = 0x100
/** Duration, size, flags, composition offset: a `trun` has any of them for each sample. */
const TRUN_FIELDS = [0x100, 0x200, 0x400, 0x800]

/** The sum of the durations in a `trun` (ISO 14496-12 §8.8.8). */
const runMs = (trun: Buffer): number => {
  const flags = trun.readUInt32BE(0) & 0xffffff
  if ((flags & TRUN_DURATION) === 0) return 0
  const optional = [TRUN_DATA_OFFSET, TRUN_FIRST_FLAGS].filter(flag => flags & flag).length
  const stride = TRUN_FIELDS.filter(flag => flags & flag).length * 4
  let sumMs = 0
  for (let at = 8 + optional * 4; at + stride <= trun.length; at += stride) {
    sumMs += trun.readUInt32BE(at)
  }
  return sumMs
}

/** When the pictures of a `moof` begin and end; undefined when it holds none. */
const pictureTime = (moof: Buffer): { fromMs: number; toMs: number } | undefined => {
  for (const traf of boxesIn(moof).filter(({ type }) => type === 'traf')) {
    const part = new Map(boxesIn(traf.body).map(({ type, body }) => [type, body]))
    const [head, time, run] = [part.get('tfhd'), part.get('tfdt'), part.get('trun')]
    if (!head || !time || !run || head.readUInt32BE(4) !== VIDEO_TRACK) continue
    const fromMs = Number(time.readBigUInt64BE(4))
    return { fromMs, toMs: fromMs + runMs(run) }
  }
  return undefined
}

/**
 * Walks fragments as `writeFragment` makes them, up to the first that is cut short or is none: what a
 * process that was killed left of a file, or a machine that lost power.
 */
export const measureFragments = (bytes: Buffer): Measure => {
  let wholeBytes = 0
  let fromMs: number | undefined
  let toMs = 0
  for (;;) {
    const moof = boxAt(bytes, wholeBytes)
    const mdat = moof?.type === 'moof' ? boxAt(bytes, moof.end) : undefined
    if (!moof || mdat?.type !== 'mdat') break
    const pictures = pictureTime(moof.body)
    fromMs ??= pictures?.fromMs
    toMs = pictures?.toMs ?? toMs
    wholeBytes = mdat.end
  }
  return { bytes: wholeBytes, durationMs: fromMs === undefined ? 0 : toMs - fromMs }
}
