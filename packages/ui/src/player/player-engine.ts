import type { PlayProtocol } from '@kaibo/contract/show/live-life'
import {
  attemptsMax,
  awayAfterMs,
  backWithinMs,
  connectMsMax,
  patientAttemptsMax,
  patientConnectMsMax,
  reopenAfterMs,
  retryDelayMs,
} from './patience.ts'
import {
  type Candidate,
  chooseCandidates,
  type PlayerSources,
  type Quality,
  type Support,
  type Technique,
} from './sources.ts'
import type { Loss, OpenStream, Stream } from './stream.ts'
import { createWays, isSameWays, rested } from './ways.ts'

/**
 * connecting  no picture yet
 * playing     the picture moves
 * paused      the browser wants a tap first, or the system paused it
 * stalled     the picture stands; it is expected to go on in a moment
 * away        nothing comes from the host; still trying
 * ended       the owner of the page said that it is over
 */
export type PlayerState = 'connecting' | 'playing' | 'paused' | 'stalled' | 'away' | 'ended'

/** How a picture comes, for hosts who want to know what their viewers have. */
export type PlayerView = { protocol: PlayProtocol; behindMs: number | null }

/** What the engine uses of a `<video>`, so that tests can stand in for it. */
export type VideoFace = Pick<
  HTMLVideoElement,
  'play' | 'pause' | 'paused' | 'muted' | 'addEventListener'
>

export type EngineNeeds<Video extends VideoFace> = {
  video: Video
  support: Support
  open: Readonly<Record<Technique, OpenStream<Video>>>
  onState: (state: PlayerState) => void
  /** The picture that was chosen is no more; which one comes is chosen by what suits. */
  onUnchosen?: () => void
  /** 0 ≤ x < 1; spreads the reconnects of a whole audience. */
  random?: () => number
}

/**
 * Keeps one stream playing in one `<video>`: opens the best source, watches it, falls back when it
 * cannot be decoded, and reconnects with growing, jittered pauses. Knows no framework and no DOM
 * beyond the video.
 */
export class PlayerEngine<Video extends VideoFace> {
  readonly #needs: EngineNeeds<Video>
  readonly #random: () => number
  readonly #watch = new AbortController()
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  #ways = createWays([])
  /** Ways that this network did not carry, and since when that is known. */
  readonly #weakAtMs = new Map<Technique, number>()
  #quality: Quality = 'auto'
  #isHostAway = false
  #stream: Stream | null = null
  /** Aborted with every closing, so that late answers of an old stream are ignored. */
  #round = new AbortController()
  #attempts = 0
  #hasPlayed = false
  #state: PlayerState = 'connecting'

  constructor(needs: EngineNeeds<Video>) {
    this.#needs = needs
    this.#random = needs.random ?? Math.random
    this.#on('playing', () => this.#handlePlaying())
    this.#on('waiting', () => this.#handleWaiting())
    this.#on('pause', () => this.#state === 'playing' && this.#waitForTap())
    this.#on('ended', () => this.#lose('gone'))
  }

  /** Plays these sources; the same addresses again change nothing but the quality. */
  load(sources: PlayerSources, quality: Quality = 'auto'): void {
    const { support } = this.#needs
    const playable = chooseCandidates(sources, { support, quality })
    const candidates = rested(playable, { weakAtMs: this.#weakAtMs, nowMs: Date.now() })
    const isSame = this.#state !== 'ended' && isSameWays(candidates, this.#ways.candidates)
    if (quality !== this.#quality) this.#stream?.setQuality?.(quality)
    this.#quality = quality
    if (isSame && candidates.length > 0) return
    this.#close()
    this.#ways = createWays(candidates)
    this.#attempts = 0
    this.#hasPlayed = false
    // No addresses yet is waiting; addresses that nothing here can play is not.
    const isHopeless = candidates.length === 0 && sources.length > 0
    this.#setState(isHopeless ? 'away' : 'connecting')
    this.#connect()
  }

  /** The live is over: lets go of the stream and tries no more. */
  end(): void {
    this.#close()
    this.#ways = createWays([])
    this.#setState('ended')
  }

  /** The server says that the host is away, or back: then the picture shall come at once. */
  setHostAway(isAway: boolean): void {
    if (isAway === this.#isHostAway) return
    this.#isHostAway = isAway
    if (isAway) {
      // The connection stands meanwhile: opening it anew would show old pictures again.
      if (this.#stream && this.#state === 'stalled') this.#stand()
    } else if (this.#state !== 'ended') {
      this.#after(backWithinMs, () => {
        if (this.#state !== 'playing' && this.#state !== 'paused') this.#restart()
      })
    }
  }

  /** How this picture comes and how far it is behind the server's newest; null without one. */
  view(clockOffsetMs: number): PlayerView | null {
    const { protocol } = this.#ways.now() ?? {}
    if (!protocol || !this.#stream || this.#state !== 'playing') return null
    return { protocol, behindMs: this.#stream.behindMs?.(clockOffsetMs) ?? null }
  }

  mute(): void {
    this.#needs.video.muted = true
  }

  /** Only inside a tap or key press, or the browser refuses. */
  async unmute(): Promise<void> {
    this.#needs.video.muted = false
    await this.#play()
  }

  /** The page came back into view, the network returned, or somebody pressed "try again". */
  wake(): void {
    const isLost = this.#state === 'away' && !this.#isHostAway
    if (this.#stream && this.#needs.video.paused) void this.#play()
    else if (!this.#stream || isLost) this.#restart()
  }

  destroy(): void {
    this.#watch.abort()
    this.#close()
  }

  #restart(): void {
    this.#attempts = 0
    this.#ways.restart()
    this.#connect()
  }

  async #connect(): Promise<void> {
    const way = this.#ways.now()
    if (!way) return
    this.#close()
    const { signal } = this.#round
    const onLost = (loss: Loss) => !signal.aborted && this.#lose(loss)
    const onStill = (isStill: boolean) => {
      if (signal.aborted) return
      if (isStill) this.#handleWaiting()
      else this.#handlePlaying()
    }
    const isNarrow = this.#weakAtMs.size > 0
    const hasOthers = this.#attempts < this.#ways.candidates.length - 1 && !isNarrow
    const msMax = hasOthers ? connectMsMax[way.technique] : patientConnectMsMax
    this.#after(msMax, () => onLost('network'))
    try {
      const { video, open } = this.#needs
      const attempt = {
        ...{ quality: this.#quality, isNarrow, signal, onLost, onStill },
        onNarrow: () => !signal.aborted && this.#yield(),
        onUnchosen: () => !signal.aborted && this.#handleUnchosen(way),
      }
      const stream = await open[way.technique](video, way.url, attempt)
      if (signal.aborted) return stream.stop()
      this.#stream = stream
      await this.#play()
    } catch {
      onLost('network')
    }
  }

  #lose(loss: Loss): void {
    this.#close()
    this.#attempts++
    const hasNext = this.#ways.failed(loss)
    if (loss === 'gone' || this.#attempts > patientAttemptsMax) this.#setState('away')
    else if (this.#state !== 'away') this.#setState(this.#hasPlayed ? 'stalled' : 'connecting')
    if (this.#attempts > attemptsMax) return
    // Each way has one try without a pause.
    if (hasNext && this.#attempts < this.#ways.candidates.length) this.#connect()
    else this.#after(retryDelayMs(this.#attempts, this.#random), () => this.#connect())
  }

  async #play(): Promise<void> {
    const { video } = this.#needs
    const { signal } = this.#round
    try {
      await video.play()
    } catch (error) {
      const isRefused = error instanceof DOMException && error.name === 'NotAllowedError'
      if (!isRefused || signal.aborted) return
      // Sound needs a gesture: play silently. Refused even so (battery saver): wait for a tap.
      if (video.muted) return this.#waitForTap()
      video.muted = true
      await this.#play()
    }
  }

  #handlePlaying(): void {
    this.#clearTimers()
    this.#attempts = 0
    this.#hasPlayed = true
    this.#ways.played(Date.now())
    this.#setState('playing')
  }

  #handleWaiting(): void {
    if (this.#state !== 'playing') return
    if (this.#isHostAway) {
      this.#stand()
      return
    }
    this.#setState('stalled')
    if (this.#ways.stalled(Date.now()) && this.#yield()) return
    this.#after(awayAfterMs, () => this.#setState('away'))
    this.#after(reopenAfterMs, () => this.#lose('network'))
  }

  /** Goes on by a way that asks less of the network, and keeps to it. */
  #yield(): boolean {
    const technique = this.#ways.now()?.technique
    if (!technique || this.#quality !== 'auto' || !this.#ways.yields()) return false
    this.#weakAtMs.set(technique, Date.now())
    this.#setState(this.#hasPlayed ? 'stalled' : 'connecting')
    this.#connect()
    return true
  }

  /** Who chose a smaller picture has reasons: the way that has them stays. */
  #handleUnchosen({ technique: kept }: Candidate): void {
    for (const { technique } of this.#ways.candidates) {
      if (technique !== kept) this.#weakAtMs.set(technique, Date.now())
    }
    this.#quality = 'auto'
    this.#needs.onUnchosen?.()
  }

  #stand(): void {
    this.#clearTimers()
    this.#setState('away')
  }

  #waitForTap(): void {
    this.#clearTimers()
    this.#setState('paused')
  }

  #setState(state: PlayerState): void {
    if (state === this.#state) return
    this.#state = state
    this.#needs.onState(state)
  }

  #on(name: string, act: () => void): void {
    const { signal } = this.#watch
    this.#needs.video.addEventListener(name, () => this.#stream && act(), { signal })
  }

  #after(ms: number, act: () => void): void {
    this.#timers.add(setTimeout(act, ms))
  }

  #clearTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  #close(): void {
    this.#round.abort()
    this.#round = new AbortController()
    this.#clearTimers()
    this.#stream?.stop()
    this.#stream = null
  }
}
