import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reasonOf } from '@kaibo/db/log'
import { CutError, runFfmpeg } from './ffmpeg.ts'
import type { ClipNeeds } from './needs.ts'
import { audioKbps, clipBytesMax, type Run, runsOf, videoKbpsOf } from './rules.ts'
import type { ClipRow } from './store.ts'

const copyMsMax = 60_000
const encodeMsMax = 900_000

/** A finished MP4 that can begin to play while it loads. */
export type Made = { video: Buffer; poster: Buffer | null; durationMs: number }

type Work = { needs: Pick<ClipNeeds, 'database' | 'recording'>; cwd: string; signal: AbortSignal }
type Source = { args: readonly string[]; seconds: number }

/** Does something in a folder of its own that is gone afterwards. */
export async function inScratch<T>(folder: string, use: () => Promise<T>): Promise<T> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    return await use()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Cuts a clip out of the footage: copied from the nearest key frame before, or encoded anew to the
 * very picture. Throws `CutError`.
 */
export async function cutClip(clip: ClipRow, work: Work): Promise<Made> {
  const { cwd, signal } = work
  const source = await gather(clip, work)
  const seconds = (clip.toMs - clip.fromMs) / 1_000
  const begin = ['-ss', source.seconds.toFixed(3), ...source.args, '-t', seconds.toFixed(3)]
  if (clip.mode === 'copy') return finish(begin, { cwd, signal })
  await encode({ before: begin, filter: [], ms: clip.toMs - clip.fromMs }, { cwd, signal })
  return finish(['-i', 'encoded.mp4'], { cwd, signal })
}

/** The copy for viewers: the same with the name of its shop on it, which moves to and fro. */
export async function markClip(
  { video, mark, ms }: { video: Uint8Array; mark: string; ms: number },
  { cwd, signal }: Pick<Work, 'cwd' | 'signal'>,
): Promise<Made> {
  await writeFile(join(cwd, 'clip.mp4'), video)
  await writeFile(join(cwd, 'mark.txt'), mark)
  await encode({ before: ['-i', 'clip.mp4'], filter: [watermark], ms }, { cwd, signal })
  return finish(['-i', 'encoded.mp4'], { cwd, signal })
}

/** It changes corners every eight seconds, so that cutting off an edge does not get rid of it. */
const watermark = [
  'drawtext=textfile=mark.txt:expansion=none:font=Noto Sans CJK SC',
  "fontsize='min(w,h)/18':fontcolor=white@0.85:borderw=2:bordercolor=black@0.45",
  "x='if(lt(mod(t,16),8),w/30,w-tw-w/30)':y='if(lt(mod(t,16),8),h/12,h-th-h/12)'",
].join(':')

/** Writes the pieces as one source, and how far into it the clip begins. Throws `CutError`. */
async function gather(clip: ClipRow, { needs, cwd }: Work): Promise<Source> {
  const pieces = await needs.recording.piecesOf(needs.database.db, clip.liveId, clip)
  const [first] = pieces
  if (!first) throw new CutError('gone', 'no pieces')
  const seconds = Math.max(0, clip.fromMs - first.atMs) / 1_000
  const runs = runsOf(pieces)
  const headers = await Promise.all(
    runs.map((run, place) => writeRun(run, { needs, path: join(cwd, `run${place}.mp4`) })),
  )
  if (runs.length === 1) return { args: ['-i', 'run0.mp4'], seconds }
  const isAlike = headers.every(header => header.equals(headers[0] ?? header))
  if (clip.mode === 'copy' && !isAlike) throw new CutError('changed', 'the header changed')
  const list = runs.map((_, place) => `file run${place}.mp4\n`).join('')
  await writeFile(join(cwd, 'runs.txt'), list)
  return { args: ['-f', 'concat', '-i', 'runs.txt'], seconds }
}

/** The header and its pieces, one after the other: a whole fragmented MP4. */
async function writeRun(
  { initKey, pieces }: Run,
  { needs, path }: Pick<Work, 'needs'> & { path: string },
): Promise<Buffer> {
  const read = (key: string) =>
    needs.recording
      .fileOf(key)
      .then(path => readFile(path))
      .catch(error => {
        throw new CutError('gone', reasonOf(error))
      })
  const header = await read(initKey)
  const file = await open(path, 'w', 0o600)
  try {
    await file.write(header)
    for (const { key } of pieces) await file.write(await read(key))
  } finally {
    await file.close()
  }
  return header
}

type Encoding = { before: readonly string[]; filter: readonly string[]; ms: number }
type Place = Pick<Work, 'cwd' | 'signal'>

/** Encodes into `encoded.mp4` with one thread; wider pictures than phones have are made smaller. */
async function encode({ before, filter, ms }: Encoding, { cwd, signal }: Place): Promise<void> {
  const kbps = videoKbpsOf(ms)
  const filters = ["scale=w='2*trunc(min(1080,iw)/2)':h=-2", ...filter].join(',')
  const args = [
    ...[...before, '-map', '0:v:0', '-map', '0:a:0?', '-vf', filters],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '22', '-threads', '1'],
    ...['-maxrate', `${kbps}k`, '-bufsize', `${kbps}k`, '-pix_fmt', 'yuv420p', '-g', '60'],
    ...['-c:a', 'aac', '-b:a', `${audioKbps}k`, '-ar', '44100'],
    ...['-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4', 'pipe:1'],
  ]
  const path = join(cwd, 'encoded.mp4')
  await runFfmpeg({ args, cwd, signal, msMax: encodeMsMax }, { path, bytesMax: clipBytesMax })
}

/** Copies into an MP4 whose index comes first, and takes its first picture. Throws `CutError`. */
async function finish(before: readonly string[], { cwd, signal }: Place): Promise<Made> {
  const copy = ['-map', '0:v:0', '-map', '0:a:0?', '-c', 'copy', '-movflags', '+faststart']
  const args = [...before, ...copy, '-f', 'mp4', 'made.mp4']
  await runFfmpeg({ args, cwd, signal, msMax: copyMsMax })
  const made = join(cwd, 'made.mp4')
  const { size } = await stat(made)
  if (size > clipBytesMax) throw new CutError('too_large', `${size} bytes`)
  const video = await readFile(made)
  const durationMs = durationMsOf(video)
  if (!durationMs) throw new CutError('gone', 'there is no picture in it')
  return { video, durationMs, poster: await posterOf({ cwd, signal }) }
}

/** The first picture, as wide as a card; null when there is none, which spoils no clip. */
async function posterOf({ cwd, signal }: Place): Promise<Buffer | null> {
  const picture = [
    '-frames:v',
    '1',
    '-vf',
    "scale=w='min(480,iw)':h=-2",
    '-q:v',
    '4',
    '-f',
    'mjpeg',
  ]
  const args = ['-i', 'made.mp4', ...picture, 'poster.jpg']
  return runFfmpeg({ args, cwd, signal, msMax: copyMsMax }).then(
    () => readFile(join(cwd, 'poster.jpg')),
    () => null,
  )
}

/** What the movie header says (ISO 14496-12 §8.2.2); 0 when there is none. */
export function durationMsOf(mp4: Buffer): number {
  const at = mp4.indexOf('mvhd', 0, 'latin1') + 4
  if (at < 8 || at + 32 > mp4.length) return 0
  const isLong = mp4.readUInt8(at) === 1
  const scale = mp4.readUInt32BE(at + (isLong ? 20 : 12))
  const units = isLong ? Number(mp4.readBigUInt64BE(at + 24)) : mp4.readUInt32BE(at + 16)
  return scale === 0 ? 0 : Math.round((units * 1_000) / scale)
}
