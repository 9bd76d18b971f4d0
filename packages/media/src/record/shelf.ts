import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { measureFragments } from './fragments.ts'

/** Some ten seconds of a recording: whole fragments, the first of which begins with a key frame. */
export type Piece = {
  readonly number: number
  /** Which init segment of the folder it is decoded with. */
  readonly initNumber: number
  /** Wall clock, ISO 8601. */
  readonly startedAt: string
  readonly durationMs: number
  readonly bytes: number
  readonly sha256: string
}

/** The folder of one stream; its name cannot be guessed. */
export type Folder = { readonly name: string; readonly pieces: readonly Piece[] }

/** Where recordings lie: a folder per stream, which is open until its stream has ended. */
export type Shelf = {
  /** Makes whole what a killed process left, and takes every folder for finished; before anything else. */
  repair(): Promise<void>
  /** The folder of a stream that is recorded now; the one that it had before, if any. */
  take(streamId: string): Promise<Folder>
  find(streamId: string): Promise<(Folder & { isOpen: boolean }) | undefined>
  /** Nothing more is recorded of this stream. */
  finish(streamId: string): Promise<void>
  streams(): Promise<{ streamId: string; isOpen: boolean }[]>
  /** Writes an init segment; it is on disk when this resolves. */
  putInit(folder: string, init: { number: number; bytes: Buffer }): Promise<void>
  /** Keeps when a piece began, so that it is known of one whose process was killed. */
  noteBegin(
    folder: string,
    piece: Pick<Piece, 'number' | 'initNumber' | 'startedAt'>,
  ): Promise<void>
  /** Keeps that a piece is whole and on disk. */
  notePiece(folder: string, piece: Piece): Promise<void>
  /** The path of a file such as `<folder>/12.m4s`; undefined for a name that cannot be one. */
  pathOf(key: string): string | undefined
  /** Removes a file, or a whole folder. */
  remove(key: string): Promise<void>
}

/** Streams whose folders one answer lists. */
const STREAMS_MAX = 20_000
const FOLDER = /^[0-9a-f]{32}$/
const FILE = /^[0-9a-f]{32}\/(?:\d{1,6}\.m4s|init-\d{1,4}\.mp4)$/
const INDEX = 'index.jsonl'

type Line = { begin: Pick<Piece, 'number' | 'initNumber' | 'startedAt'> } | { piece: Piece }

/** Keeps recordings below `directory`. Every promise it keeps survives a power cut. */
export const createShelf = (directory: string): Shelf => {
  const marker = (state: 'open' | 'done', streamId: string) => join(directory, state, streamId)
  const markerOf = async (state: 'open' | 'done', streamId: string) =>
    (await readOrNothing(marker(state, streamId)))?.toString('utf8').trim()
  const folderOf = async (streamId: string) => {
    const openName = await markerOf('open', streamId)
    const name = openName ?? (await markerOf('done', streamId))
    return name && FOLDER.test(name) ? { name, isOpen: openName !== undefined } : undefined
  }
  const piecesOf = async (folder: string) =>
    (await linesOf(join(directory, folder))).flatMap(line => ('piece' in line ? line.piece : []))
  const note = (folder: string, line: Line) =>
    appendWhole(join(directory, folder, INDEX), `${JSON.stringify(line)}\n`)

  return {
    async repair() {
      for (const state of ['open', 'done']) {
        await mkdir(join(directory, state), { recursive: true, mode: 0o700 })
      }
      for (const streamId of await readdir(join(directory, 'open'))) {
        const folder = await folderOf(streamId)
        if (folder) await repairFolder(join(directory, folder.name))
        await rename(marker('open', streamId), marker('done', streamId))
      }
    },
    async take(streamId) {
      const known = await folderOf(streamId)
      const name = known?.name ?? randomBytes(16).toString('hex')
      await mkdir(join(directory, name), { recursive: true, mode: 0o700 })
      if (!known) await writeWhole(marker('open', streamId), Buffer.from(name))
      else if (!known.isOpen) await rename(marker('done', streamId), marker('open', streamId))
      return { name, pieces: await piecesOf(name) }
    },
    async find(streamId) {
      const folder = await folderOf(streamId)
      return folder && { ...folder, pieces: await piecesOf(folder.name) }
    },
    async finish(streamId) {
      if (await markerOf('open', streamId)) {
        await rename(marker('open', streamId), marker('done', streamId))
      }
    },
    async streams() {
      const of = async (state: 'open' | 'done') =>
        (await readdir(join(directory, state))).map(streamId => ({
          streamId,
          isOpen: state === 'open',
        }))
      return [...(await of('open')), ...(await of('done'))].slice(0, STREAMS_MAX)
    },
    putInit: (folder, { number, bytes }) =>
      writeWhole(join(directory, folder, `init-${number}.mp4`), bytes),
    noteBegin: (folder, begin) => note(folder, { begin }),
    notePiece: (folder, piece) => note(folder, { piece }),
    pathOf: key => (FILE.test(key) ? join(directory, key) : undefined),
    async remove(key) {
      if (FILE.test(key) || FOLDER.test(key)) {
        await rm(join(directory, key), { recursive: true, force: true })
      }
    },
  }
}

/** Cuts off what is not whole of pieces that were begun and never finished, and keeps the rest. */
const repairFolder = async (path: string): Promise<void> => {
  const lines = await linesOf(path)
  const whole = new Set(lines.flatMap(line => ('piece' in line ? line.piece.number : [])))
  const begun = lines.flatMap(line => ('begin' in line ? line.begin : []))
  for (const begin of begun.filter(({ number }) => !whole.has(number))) {
    const piece = await repairPiece(join(path, `${begin.number}.m4s`), begin)
    if (piece) await appendWhole(join(path, INDEX), `${JSON.stringify({ piece })}\n`)
  }
}

const repairPiece = async (
  path: string,
  begin: Pick<Piece, 'number' | 'initNumber' | 'startedAt'>,
): Promise<Piece | undefined> => {
  const bytes = await readOrNothing(path)
  const measure = bytes && measureFragments(bytes)
  if (!bytes || !measure || measure.bytes === 0) {
    await rm(path, { force: true })
    return undefined
  }
  // Sound alone tells no time of its own here; the file was last written when it ended.
  const endedAt = (await stat(path)).mtimeMs
  const durationMs = measure.durationMs || Math.max(1, endedAt - Date.parse(begin.startedAt))
  await truncate(path, measure.bytes)
  await withFile(path, 'r+', file => file.sync())
  return {
    ...begin,
    durationMs: Math.round(durationMs),
    bytes: measure.bytes,
    sha256: createHash('sha256').update(bytes.subarray(0, measure.bytes)).digest('hex'),
  }
}

/** What the index of a folder says; a line that was cut short by a crash is left out. */
const linesOf = async (path: string): Promise<Line[]> => {
  const text = (await readOrNothing(join(path, INDEX)))?.toString('utf8') ?? ''
  return text.split('\n').flatMap(line => parseLine(line) ?? [])
}

const parseLine = (text: string): Line | undefined => {
  try {
    const line: unknown = JSON.parse(text)
    return isLine(line) ? line : undefined
  } catch {
    return undefined
  }
}

const isLine = (line: unknown): line is Line =>
  typeof line === 'object' && line !== null && ('piece' in line || 'begin' in line)

const withFile = async (
  path: string,
  flags: 'a' | 'w' | 'r' | 'r+',
  use: (file: Awaited<ReturnType<typeof open>>) => Promise<unknown>,
): Promise<void> => {
  const file = await open(path, flags, 0o600)
  try {
    await use(file)
  } finally {
    await file.close()
  }
}

/** A line that follows one that was cut short begins on a line of its own. */
const appendWhole = (path: string, line: string): Promise<void> =>
  withFile(path, 'a', async file => {
    await file.appendFile((await file.stat()).size === 0 ? line : `\n${line}`)
    await file.datasync()
  })

const writeWhole = async (path: string, bytes: Buffer): Promise<void> => {
  await withFile(`${path}.part`, 'w', async file => {
    await file.writeFile(bytes)
    await file.sync()
  })
  await rename(`${path}.part`, path)
}

const readOrNothing = (path: string): Promise<Buffer | undefined> =>
  readFile(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
