import type { PackagerSink, Part } from '../llhls/packager.ts'
import type { DiskState } from './disk-watch.ts'
import type { PieceWriter } from './piece-writer.ts'

/** A piece ends with the first segment that reaches this. */
const PIECE_MS = 9_500
const PIECE_BYTES_MAX = 64 * 1024 * 1024
/** The picture's clock may differ so much from the wall clock within a piece. */
const DRIFT_MAX_MS = 2_000
/** What a slow disk may keep waiting; beyond, the piece ends and the next key frame is waited for. */
const WAITING_BYTES_MAX = 16 * 1024 * 1024
/** After a disk refused, the next try is not before. */
const RETRY_MS = 5_000

export type RecorderNeeds = {
  readonly writer: PieceWriter
  diskState(): DiskState
  /** Milliseconds since 1970. */
  now(): number
  /** The stream is over and everything was written. */
  onDone(): void
}

type OpenPiece = { readonly startedAtMs: number; durationMs: number; bytes: number }

/**
 * Decides where the pieces of a recording begin and end: at key frames, some ten seconds apart, and
 * wherever the wall clock and the picture part (a publisher that was away). Never waits for the disk.
 */
export class Recorder implements PackagerSink {
  /** Fragments of a second: what a killed process loses at most, and few enough to cost little. */
  readonly partTargetMs = 1_000
  readonly segmentMaxMs = 20_000
  #needs: RecorderNeeds
  #piece: OpenPiece | undefined
  #hasBegun = false
  #notBeforeMs = 0

  constructor(needs: RecorderNeeds) {
    this.#needs = needs
  }

  handleMap(bytes: Buffer): void {
    this.#cut()
    this.#needs.writer.setMap(bytes)
  }

  handlePart(part: Part): void {
    if (this.#piece && this.#needs.writer.waitingBytes > WAITING_BYTES_MAX) this.#pause()
    this.#piece ??= this.#begin(part)
    if (!this.#piece) return
    this.#piece.durationMs += part.durationMs
    this.#piece.bytes += part.bytes.length
    this.#needs.writer.append(part.bytes, part.durationMs)
  }

  handleSegmentEnd(): void {
    if (!this.#piece) return
    const { startedAtMs, durationMs, bytes } = this.#piece
    const driftMs = Math.abs(this.#needs.now() - startedAtMs - durationMs)
    if (durationMs >= PIECE_MS || bytes >= PIECE_BYTES_MAX || driftMs > DRIFT_MAX_MS) this.#cut()
  }

  handleEnd(): void {
    this.#cut()
    this.#needs.writer.settled().then(this.#needs.onDone)
  }

  /** The disk refused a piece: the next one begins with a later key frame. */
  handleFailure(): void {
    this.#pause()
  }

  #begin(part: Part): OpenPiece | undefined {
    const nowMs = this.#needs.now()
    if (!part.isIndependent || nowMs < this.#notBeforeMs) return undefined
    const disk = this.#needs.diskState()
    if (disk === 'full' || (disk === 'low' && !this.#hasBegun)) return undefined
    this.#hasBegun = true
    const startedAtMs = nowMs - part.durationMs
    this.#needs.writer.begin(new Date(startedAtMs))
    return { startedAtMs, durationMs: 0, bytes: 0 }
  }

  #cut(): void {
    if (this.#piece) this.#needs.writer.finish()
    this.#piece = undefined
  }

  #pause(): void {
    this.#cut()
    this.#notBeforeMs = this.#needs.now() + RETRY_MS
  }
}
