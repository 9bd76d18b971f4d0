import { createHash, type Hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Piece, Shelf } from './shelf.ts'

/** The part of a file handle that is used; tests hand in one whose disk is full. */
export type PieceHandle = {
  write(bytes: Buffer, at: number): Promise<{ bytesWritten: number }>
  truncate(bytes: number): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

export type OpenPiece = (path: string) => Promise<PieceHandle>

export const openPieceFile: OpenPiece = async path => {
  const file = await open(path, 'w', 0o600)
  return {
    write: (bytes, at) => file.write(bytes, 0, bytes.length, at),
    truncate: bytes => file.truncate(bytes),
    sync: () => file.sync(),
    close: () => file.close(),
  }
}

type OpenedPiece = {
  readonly begin: Pick<Piece, 'number' | 'initNumber' | 'startedAt'>
  readonly handle: PieceHandle
  readonly hash: Hash
  bytes: number
  durationMs: number
}

export type PieceWriterNeeds = {
  readonly shelf: Shelf
  readonly streamId: string
  readonly openPiece: OpenPiece
  /** What has to be written first: by another writer of the same stream, which goes on. */
  readonly after?: Promise<void> | undefined
  /** A piece is whole and on disk. */
  onPiece(folder: string, piece: Piece): void
  /** The disk refused; what was whole of the piece is kept. `code` is that of the system. */
  onFailure(code: string): void
}

/**
 * Writes the pieces of one stream, one step after the other. Nothing it is given is awaited by the
 * caller; what a slow disk keeps waiting is counted in `waitingBytes`. A step that fails ends its
 * piece, and nothing is written until the next one begins.
 */
export class PieceWriter {
  waitingBytes = 0
  #needs: PieceWriterNeeds
  #steps: Promise<void>
  #folder = ''
  #nextNumber = 0
  #nextInit = 0
  #map: Buffer | undefined
  #piece: OpenedPiece | undefined

  constructor(needs: PieceWriterNeeds) {
    this.#needs = needs
    this.#steps = needs.after ?? Promise.resolve()
  }

  /** What the pieces from the next one on are decoded with. */
  setMap(bytes: Buffer): void {
    this.#step(async () => {
      this.#map = bytes
    })
  }

  begin(startedAt: Date): void {
    this.#step(() => this.#begin(startedAt.toISOString()))
  }

  append(bytes: Buffer, durationMs: number): void {
    this.waitingBytes += bytes.length
    this.#step(async () => {
      this.waitingBytes -= bytes.length
      if (this.#piece) await writeFragment(this.#piece, bytes)
      if (this.#piece) this.#piece.durationMs += durationMs
    })
  }

  finish(): void {
    this.#step(() => this.#finish())
  }

  /** Resolves when everything before was written, or could not be. */
  async settled(): Promise<void> {
    await this.#steps
  }

  #step(work: () => Promise<void>): void {
    this.#steps = this.#steps.then(work).catch(async (error: unknown) => {
      // What is whole of the piece is worth keeping; a disk that takes not even that has it cut later.
      await this.#finish().catch(() => {})
      this.#needs.onFailure(codeOf(error))
    })
  }

  async #begin(startedAt: string): Promise<void> {
    await this.#finish()
    const { shelf, streamId, openPiece } = this.#needs
    await this.#open()
    if (this.#map) {
      await shelf.putInit(this.#folder, { number: this.#nextInit, bytes: this.#map })
      this.#nextInit += 1
      this.#map = undefined
    }
    const path = shelf.pathOf(`${this.#folder}/${this.#nextNumber}.m4s`)
    if (path === undefined) throw new Error(`a recording of ${streamId} has too many pieces`)
    const begin = { number: this.#nextNumber, initNumber: this.#nextInit - 1, startedAt }
    await shelf.noteBegin(this.#folder, begin)
    const handle = await openPiece(path)
    this.#nextNumber += 1
    this.#piece = { begin, handle, hash: createHash('sha256'), bytes: 0, durationMs: 0 }
  }

  /** The folder, once; numbers go on where a former process stopped. */
  async #open(): Promise<void> {
    if (this.#folder !== '') return
    const { name, pieces } = await this.#needs.shelf.take(this.#needs.streamId)
    this.#folder = name
    this.#nextNumber = 1 + Math.max(-1, ...pieces.map(piece => piece.number))
    this.#nextInit = 1 + Math.max(-1, ...pieces.map(piece => piece.initNumber))
  }

  async #finish(): Promise<void> {
    const piece = this.#piece
    this.#piece = undefined
    if (!piece) return
    try {
      await piece.handle.truncate(piece.bytes)
      await piece.handle.sync()
    } finally {
      await piece.handle.close()
    }
    if (piece.bytes === 0) return
    const whole = {
      ...piece.begin,
      durationMs: Math.round(piece.durationMs),
      bytes: piece.bytes,
      sha256: piece.hash.digest('hex'),
    }
    await this.#needs.shelf.notePiece(this.#folder, whole)
    this.#needs.onPiece(this.#folder, whole)
  }
}

const writeFragment = async (piece: OpenedPiece, bytes: Buffer): Promise<void> => {
  let from = 0
  while (from < bytes.length) {
    const { bytesWritten } = await piece.handle.write(bytes.subarray(from), piece.bytes + from)
    from += bytesWritten
  }
  piece.hash.update(bytes)
  piece.bytes += bytes.length
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown'
