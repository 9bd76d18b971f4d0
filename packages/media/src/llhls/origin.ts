import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { PART_SHARE_MIN, PART_TARGET_MS, type PackagerSink, type Part } from './packager.ts'
import { renderPlainPlaylist, renderPlaylist, type Segment } from './playlist.ts'

/** What a playlist request may wait for: `_HLS_msn` and `_HLS_part` (RFC 8216bis §6.2.5.2). */
export type PlaylistWish = { readonly sequence?: number; readonly part?: number }

const BYTES_MAX = 48 * 1024 * 1024
const SEGMENT_BYTES_MAX = 16 * 1024 * 1024
/** Listed: at least this much, and never less than three target durations. */
const LISTED_MIN_MS = 8_000
/** Players without low latency stay six seconds and more behind: they get room to stumble. */
const PLAIN_LISTED_MIN_MS = 16_000
/** Kept beyond the list, for players that read an older list (RFC 8216bis §6.2.2). */
const KEPT_BEHIND_MS = 10_000
const TARGET_MIN_SEC = 2
/** Without a key frame for this long a segment is cut all the same. */
const SEGMENT_MAX_MS = 6_000
/** Well below the ten seconds after which players give up on a file, or on a first playlist. */
const WAIT_MAX_MS = 6_000
/**
 * hls.js gives up on a blocked reload after 0.8 target durations, three times in a row for good.
 * Answered before, even with nothing new, it goes on asking at leisure for as long as it takes.
 */
const RELOAD_WAIT_TARGETS = 0.5
/** A wish further ahead than this is not a player's (RFC 8216bis §6.2.5.2 asks for a refusal). */
const WISH_AHEAD_MAX = 2

/**
 * Holds the newest segments of one stream in memory and answers players, who may ask for what is
 * about to exist. The folder name is the secret of this session: who has it was given a playlist.
 */
export class LlHlsOrigin implements PackagerSink {
  readonly folder = randomBytes(16).toString('base64url')
  #leader: LlHlsOrigin | undefined
  #partTargetMs: number | undefined
  #maps = new Map<number, Buffer>()
  #mapId = -1
  #segments: Segment[] = []
  #nextSequence = 0
  #isNextDiscontinuity = false
  #discontinuitiesGone = 0
  #targetSec: number | undefined
  #isEnded = false
  #bytes = 0
  #rendered: string | undefined
  #renderedPlain: string | undefined
  #changed = Promise.withResolvers<void>()

  /** With a leader, segments are numbered and dated like its segments of the same stream time. */
  constructor(leader?: LlHlsOrigin) {
    this.#leader = leader
  }

  /** Cuts early when the open segment alone would fill the memory allowed. */
  get segmentMaxMs(): number {
    const open = this.#segments.at(-1)
    if (open && !open.isComplete && byteCountOf(open) > SEGMENT_BYTES_MAX) return 0
    return this.#targetSec === undefined ? SEGMENT_MAX_MS : this.#targetSec * 1000
  }

  /** The number of the newest segment; -1 before the first. */
  get newestSequence(): number {
    return this.#nextSequence - 1
  }

  /** The newest part that the playlist tells; undefined without a playlist, and after the end. */
  get newestPart(): { sequence: number; part: number } | undefined {
    const segment = this.#segments.at(-1)
    if (segment === undefined || this.#isEnded || !this.isPlayable) return undefined
    return { sequence: segment.sequence, part: segment.parts.length - 1 }
  }

  /** Whether players can be given a playlist at once. */
  get isPlayable(): boolean {
    return this.#targetSec !== undefined
  }

  get partTargetMs(): number | undefined {
    return this.#partTargetMs
  }

  handleMap(bytes: Buffer): void {
    this.#mapId += 1
    this.#maps.set(this.#mapId, bytes)
    this.#isNextDiscontinuity = this.#mapId > 0
  }

  handlePart(part: Part): void {
    this.#partTargetMs ??= decidePartTarget(part.durationMs)
    const segment = this.#openSegment(part.startMs)
    segment.parts.push(part)
    segment.durationMs += part.durationMs
    this.#bytes += part.bytes.length
    this.#trim()
    this.#announce()
  }

  handleSegmentEnd(): void {
    const segment = this.#segments.at(-1)
    if (segment === undefined) return
    segment.isComplete = true
    // The first segment shows how far key frames are apart; the target may never change later.
    this.#targetSec ??= Math.max(TARGET_MIN_SEC, Math.ceil(segment.durationMs / 1000))
    this.#announce()
  }

  handleEnd(): void {
    this.#isEnded = true
    this.#announce()
  }

  /**
   * The playlist, as soon as it holds what was wished for. When that does not come in time (the
   * publisher is away) the answer is the playlist as it is, so that players go on asking.
   * 'refused' for a wish that makes no sense, undefined when there is nothing to play yet.
   */
  async playlist(wish: PlaylistWish): Promise<string | 'refused' | undefined> {
    const { sequence, part } = wish
    if (sequence === undefined && part !== undefined) return 'refused'
    if (sequence !== undefined && sequence > this.#nextSequence - 1 + WISH_AHEAD_MAX)
      return 'refused'
    const isThere = () => this.#targetSec !== undefined && this.#has(wish)
    const limitMs =
      this.#targetSec === undefined ? WAIT_MAX_MS : this.#targetSec * 1000 * RELOAD_WAIT_TARGETS
    await this.#waitFor(() => isThere() || this.#isEnded, limitMs)
    return this.#targetSec === undefined ? undefined : this.#render(this.#targetSec)
  }

  /**
   * The playlist of whole segments, for players without low latency; the first one is awaited.
   * Undefined when there is nothing to play yet.
   */
  async plainPlaylist(): Promise<string | undefined> {
    await this.#waitFor(() => this.#targetSec !== undefined || this.#isEnded, WAIT_MAX_MS)
    if (this.#targetSec === undefined) return undefined
    this.#renderedPlain ??= renderPlainPlaylist(this.#facts(this.#targetSec, PLAIN_LISTED_MIN_MS))
    return this.#renderedPlain
  }

  /** A file of the folder; a part that was hinted at is awaited. */
  async file(name: string): Promise<Buffer | undefined> {
    const [, kind, first, second] =
      /^([mps])(\d{1,9})(?:\.(\d{1,4}))?\.(?:m4s|mp4)$/.exec(name) ?? []
    if (kind === undefined) return undefined
    if (kind === 'm') return this.#maps.get(Number(first))
    const sequence = Number(first)
    if (kind === 's') {
      const segment = this.#find(sequence)
      return segment?.isComplete ? Buffer.concat(segment.parts.map(part => part.bytes)) : undefined
    }
    const part = Number(second)
    const find = () => this.#find(sequence)?.parts[part]?.bytes
    if (find() === undefined && this.#isNext({ sequence, part })) {
      await this.#waitFor(() => !this.#isNext({ sequence, part }), WAIT_MAX_MS)
    }
    return find()
  }

  /** The segment that a moment of the stream lies in; undefined when it is not kept. */
  segmentAt(timeMs: number) {
    const segment = this.#segments.findLast(({ startMs }) => startMs <= timeMs)
    if (segment === undefined) return undefined
    const { sequence, startMs, startedAt } = segment
    const upToHere = this.#segments.filter(other => other.sequence <= sequence)
    const discontinuityCount = this.#discontinuitiesGone + countDiscontinuities(upToHere)
    return { sequence, startMs, startedAt, discontinuityCount }
  }

  #openSegment(startMs: number): Segment {
    const last = this.#segments.at(-1)
    if (last && !last.isComplete) return last
    const led = this.#leader?.segmentAt(startMs)
    if (led && last === undefined) {
      this.#nextSequence = led.sequence
      this.#discontinuitiesGone = led.discontinuityCount
    }
    const segment: Segment = {
      sequence: this.#nextSequence++,
      mapId: this.#mapId,
      isDiscontinuity: this.#isNextDiscontinuity,
      startMs,
      startedAt: led ? new Date(led.startedAt.getTime() + startMs - led.startMs) : new Date(),
      parts: [],
      durationMs: 0,
      isComplete: false,
    }
    this.#isNextDiscontinuity = false
    this.#segments.push(segment)
    return segment
  }

  /** The index of the segment that begins at least this long before the live edge. */
  #indexBehind(behindMs: number): number {
    let totalMs = 0
    const at = this.#segments.findLastIndex(segment => {
      totalMs += segment.durationMs
      return totalMs >= behindMs
    })
    return Math.max(0, at)
  }

  #trim(): void {
    const keptMs = this.#listedMs(PLAIN_LISTED_MIN_MS) + KEPT_BEHIND_MS
    let goneCount = this.#indexBehind(keptMs)
    const excess = () => this.#bytes - this.#segments.slice(0, goneCount).reduce(addBytes, 0)
    while (goneCount < this.#segments.length - 1 && excess() > BYTES_MAX) goneCount += 1
    if (goneCount === 0) return
    const gone = this.#segments.splice(0, goneCount)
    this.#bytes -= gone.reduce(addBytes, 0)
    this.#discontinuitiesGone += countDiscontinuities(gone)
    const oldestMapId = this.#segments[0]?.mapId ?? this.#mapId
    for (const id of this.#maps.keys()) if (id < oldestMapId) this.#maps.delete(id)
  }

  #find(sequence: number): Segment | undefined {
    return this.#segments.find(segment => segment.sequence === sequence)
  }

  #has({ sequence, part }: PlaylistWish): boolean {
    if (sequence === undefined) return true
    const last = this.#segments.at(-1)
    if (last === undefined || last.sequence < sequence) return false
    if (last.sequence > sequence) return true
    // A part beyond the last of a complete segment means the first of the next one.
    return part === undefined ? last.isComplete : last.parts.length > part
  }

  /** True for the one part that is being made now. */
  #isNext({ sequence, part }: { sequence: number; part: number }): boolean {
    if (this.#isEnded) return false
    const last = this.#segments.at(-1)
    if (last === undefined || last.isComplete) return sequence === this.#nextSequence && part === 0
    return sequence === last.sequence && part === last.parts.length
  }

  async #waitFor(isDone: () => boolean, limitMs: number): Promise<void> {
    if (isDone()) return
    const deadline = sleep(limitMs, 'late', { ref: false })
    while (!isDone()) {
      if ((await Promise.race([this.#changed.promise, deadline])) === 'late') return
    }
  }

  #announce(): void {
    this.#rendered = undefined
    this.#renderedPlain = undefined
    this.#changed.resolve()
    this.#changed = Promise.withResolvers<void>()
  }

  #listedMs(minMs: number): number {
    return Math.max(minMs, 3 * (this.#targetSec ?? 0) * 1000)
  }

  #facts(targetSec: number, listedMs: number) {
    const listedFrom = this.#indexBehind(this.#listedMs(listedMs))
    return {
      segments: this.#segments.slice(listedFrom),
      targetSec,
      discontinuitySequence:
        this.#discontinuitiesGone + countDiscontinuities(this.#segments.slice(0, listedFrom)),
      isEnded: this.#isEnded,
      folder: this.folder,
    }
  }

  #render(targetSec: number): string {
    this.#rendered ??= renderPlaylist({
      ...this.#facts(targetSec, LISTED_MIN_MS),
      partTargetMs: this.#partTargetMs ?? PART_TARGET_MS,
    })
    return this.#rendered
  }
}

const byteCountOf = (segment: Segment): number =>
  segment.parts.reduce((sum, { bytes }) => sum + bytes.length, 0)

const addBytes = (sum: number, segment: Segment): number => sum + byteCountOf(segment)

const countDiscontinuities = (segments: readonly Segment[]): number =>
  segments.filter(({ isDiscontinuity }) => isDiscontinuity).length

/**
 * Frame rates whose frames fill less than the least share of the usual target (12 fps: 167 ms)
 * get a shorter target, because every full part must come close to it.
 */
const decidePartTarget = (firstPartMs: number): number =>
  firstPartMs < PART_TARGET_MS * PART_SHARE_MIN
    ? firstPartMs + 2
    : Math.max(PART_TARGET_MS, firstPartMs)
