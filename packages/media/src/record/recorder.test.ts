import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must } from '@kaibo/kernel/invariant'
import { afterAll, expect, test } from 'vitest'
import { Packager } from '../llhls/packager.ts'
import { makePackets } from '../testing/clip.ts'
import { type DiskState, judgeDisk } from './disk-watch.ts'
import { measureFragments } from './fragments.ts'
import { type OpenPiece, openPieceFile, type PieceHandle, PieceWriter } from './piece-writer.ts'
import { Recorder } from './recorder.ts'
import { createShelf, type Piece } from './shelf.ts'

const directory = await mkdtemp(join(tmpdir(), 'kaibo-record-'))
afterAll(() => rm(directory, { recursive: true }))

const packets = makePackets({ seconds: 25, fps: 15, bFrames: 2 })
let shelfCount = 0

/** A recorder whose wall clock is that of the film, unless `jumpMs` moves it. */
async function openRecorder(options: { openPiece?: OpenPiece; at?: string } = {}) {
  const path = options.at ?? join(directory, String(++shelfCount))
  const shelf = createShelf(path)
  await shelf.repair()
  const state = { nowMs: Date.UTC(2026, 0, 1), disk: 'ok' as DiskState, isDone: false }
  const pieces: Piece[] = []
  const failures: string[] = []
  const handles: PieceHandle[] = []
  const writer = new PieceWriter({
    ...{ shelf, streamId: 'show' },
    async openPiece(piecePath) {
      const handle = await (options.openPiece ?? openPieceFile)(piecePath)
      handles.push(handle)
      return handle
    },
    onPiece: (_folder, piece) => pieces.push(piece),
    onFailure(code) {
      failures.push(code)
      recorder.handleFailure()
    },
  })
  const recorder = new Recorder({
    writer,
    diskState: () => state.disk,
    now: () => state.nowMs,
    onDone() {
      state.isDone = true
    },
  })
  const packager = new Packager(recorder)
  /** The system closes the files of a killed process; nothing else happens. */
  const kill = () => Promise.all(handles.map(handle => handle.close().catch(() => {})))
  const startMs = state.nowMs
  let jumpMs = 0
  const feed = async (span: { fromMs?: number; toMs?: number } = {}) => {
    const { fromMs = 0, toMs = Number.POSITIVE_INFINITY } = span
    for (const packet of packets) {
      const { timestampMs } = packet
      if (timestampMs < fromMs || timestampMs >= toMs) continue
      state.nowMs = startMs + jumpMs + timestampMs
      packager.handlePacket(packet)
      await writer.settled()
    }
  }
  const folder = async () => must(await shelf.find('show'), 'a folder')
  const film = async (which: readonly Piece[] = pieces) => {
    const { name } = await folder()
    const read = (file: string) => readFileSync(join(path, name, file))
    const init = read(`init-${which[0]?.initNumber}.mp4`)
    return Buffer.concat([init, ...which.map(({ number }) => read(`${number}.m4s`))])
  }
  const jump = (ms: number) => {
    jumpMs += ms
  }
  const end = async () => {
    packager.end()
    await writer.settled()
  }
  return { path, shelf, state, pieces, failures, feed, end, kill, jump, folder, film }
}

/** What ffmpeg makes of a film: frames that it decoded, and what it complained about. */
function decode(film: Buffer): { frames: number; complaints: string } {
  const { stderr } = spawnSync(
    'ffmpeg',
    ['-v', 'info', '-i', 'pipe:0', '-map', '0:v', '-f', 'null', '-'],
    { input: film, maxBuffer: 64 * 1024 * 1024 },
  )
  const text = stderr.toString()
  const complaints = text.split('\n').filter(line => /error|invalid|corrupt/i.test(line))
  return {
    frames: Number(/frame=\s*(\d+)(?![\s\S]*frame=)/.exec(text)?.[1]),
    complaints: complaints.join('\n'),
  }
}

test('a recording is pieces of ten seconds that play in a row, every picture of them', async () => {
  const { feed, end, pieces, folder, film, path, state } = await openRecorder()
  await feed()
  await end()
  expect(pieces.map(piece => [piece.number, Math.round(piece.durationMs / 1000)])).toEqual([
    [0, 10],
    [1, 10],
    [2, 5],
  ])
  expect(state.isDone).toBe(true)
  const { name, pieces: kept } = await folder()
  expect(kept).toEqual(pieces)
  for (const piece of pieces) {
    const bytes = await readFile(join(path, name, `${piece.number}.m4s`))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(piece.sha256)
    expect(bytes.length).toBe(piece.bytes)
  }
  expect(decode(await film())).toEqual({ frames: 25 * 15, complaints: '' })
  expect(decode(await film(pieces.slice(1, 2)))).toEqual({ frames: 10 * 15, complaints: '' })
})

test('pieces say when they happened, across a publisher that was away', async () => {
  const { feed, end, jump, pieces } = await openRecorder()
  await feed({ toMs: 4_000 })
  jump(20_000)
  await feed({ fromMs: 4_000, toMs: 8_000 })
  await end()
  const at = pieces.map(({ startedAt }) => Date.parse(startedAt) - Date.UTC(2026, 0, 1))
  expect(pieces.map(({ durationMs }) => Math.round(durationMs / 1000))).toEqual([4, 4])
  expect(at[0]).toBeLessThan(1_000)
  expect(Math.abs((at[1] ?? 0) - 24_000)).toBeLessThan(1_000)
})

test('what a killed process left is cut to what is whole, and counted', async () => {
  const { feed, kill, path, folder, pieces } = await openRecorder()
  await feed({ toMs: 17_000 })
  await kill()
  const { name } = await folder()
  const torn = join(path, name, '1.m4s')
  await appendFile(torn, Buffer.from([0, 0, 9, 9, 109, 111, 111, 102, 1, 2]))
  await appendFile(join(path, name, 'index.jsonl'), '\n{"piece":{"num')
  const again = await openRecorder({ at: path })
  const repaired = await again.folder()
  expect(repaired).toMatchObject({ isOpen: false, name })
  expect(repaired.pieces).toHaveLength(2)
  expect(repaired.pieces[0]).toEqual(pieces[0])
  const tail = must(repaired.pieces[1], 'a repaired piece')
  expect(tail.durationMs).toBeGreaterThan(17_000 - 10_000 - 1_100)
  expect(readFileSync(torn).length).toBe(tail.bytes)
  expect(decode(await again.film(repaired.pieces)).complaints).toBe('')
  await again.feed({ toMs: 3_000 })
  await again.end()
  expect(again.pieces.map(({ number, initNumber }) => [number, initNumber])).toEqual([[2, 1]])
})

test('a file of zeros, which a power cut leaves, is no piece', async () => {
  const { feed, kill, path, folder } = await openRecorder()
  await feed({ toMs: 12_000 })
  await kill()
  const { name } = await folder()
  await writeFile(join(path, name, '1.m4s'), Buffer.alloc(5_000))
  const again = await openRecorder({ at: path })
  expect((await again.folder()).pieces).toHaveLength(1)
  expect(existsSync(join(path, name, '1.m4s'))).toBe(false)
})

test('whatever its last byte, a cut file is measured by its whole fragments', async () => {
  const { feed, end, path, folder } = await openRecorder()
  await feed({ toMs: 5_000 })
  await end()
  const file = join(path, (await folder()).name, '0.m4s')
  const film = await readFile(file)
  expect(measureFragments(film)).toEqual({ bytes: film.length, durationMs: 5_000 })
  for (const share of [0, 0.2, 0.51, 0.7, 0.999]) {
    const { bytes, durationMs } = measureFragments(film.subarray(0, film.length * share))
    expect(bytes).toBeLessThanOrEqual(film.length * share)
    expect(durationMs % 1_000).toBe(0)
    expect(measureFragments(film.subarray(0, bytes))).toEqual({ bytes, durationMs })
  }
})

test('a full disk ends a piece at what fits and is tried again, and nobody waits for it', async () => {
  const disk = { leftBytes: 60_000 }
  const fullDisk: OpenPiece = async path => {
    const handle = await openPieceFile(path)
    return {
      async write(bytes, from) {
        if (disk.leftBytes === 0) throw Object.assign(new Error('disk full'), { code: 'ENOSPC' })
        const part = bytes.subarray(0, Math.min(bytes.length, disk.leftBytes))
        disk.leftBytes -= part.length
        return handle.write(part, from)
      },
      truncate: size => handle.truncate(size),
      sync: () => handle.sync(),
      close: () => handle.close(),
    }
  }
  const { feed, end, failures, pieces, film } = await openRecorder({ openPiece: fullDisk })
  await feed({ toMs: 12_000 })
  expect(failures.length).toBeGreaterThan(0)
  expect(new Set(failures)).toEqual(new Set(['ENOSPC']))
  disk.leftBytes = Number.POSITIVE_INFINITY
  await feed({ fromMs: 12_000 })
  await end()
  expect(pieces.length).toBeGreaterThan(1)
  expect(must(pieces.at(-1), 'a last piece').durationMs).toBeGreaterThan(1_000)
  expect(decode(await film()).complaints).toBe('')
})

test('a low disk begins no recording, and one that is full pauses those that run', async () => {
  const { feed, end, pieces, state } = await openRecorder()
  state.disk = 'low'
  await feed({ toMs: 3_000 })
  state.disk = 'ok'
  await feed({ fromMs: 3_000, toMs: 6_000 })
  state.disk = 'low'
  await feed({ fromMs: 6_000, toMs: 16_000 })
  state.disk = 'full'
  await feed({ fromMs: 16_000 })
  await end()
  const recordedMs = pieces.reduce((sum, piece) => sum + piece.durationMs, 0)
  expect(recordedMs).toBeGreaterThan(8_000)
  expect(recordedMs).toBeLessThan(21_000)
})

test('a small disk keeps a tenth of itself free, a large one what was asked for', () => {
  const gib = 1024 ** 3
  const state = (freeGib: number, totalGib: number) =>
    judgeDisk({ freeBytes: freeGib * gib, totalBytes: totalGib * gib }, 5 * gib)
  expect([state(2.1, 20), state(1.9, 20), state(0.9, 20)]).toEqual(['ok', 'low', 'full'])
  expect([state(5.1, 4000), state(4.9, 4000), state(2.4, 4000)]).toEqual(['ok', 'low', 'full'])
})

test('only names of recorded files lead anywhere', async () => {
  const { shelf, path } = await openRecorder()
  const folder = 'a'.repeat(32)
  expect(shelf.pathOf(`${folder}/0.m4s`)).toBe(join(path, folder, '0.m4s'))
  for (const key of ['../etc/passwd', `${folder}/../open/show`, `${folder}/index.jsonl`, folder]) {
    expect(shelf.pathOf(key)).toBeUndefined()
  }
})
