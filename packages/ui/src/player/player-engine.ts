import {
  type Candidate,
  chooseCandidates,
  type PlayerSources,
  type Support,
  type Technique,
} from './sources.ts'

/**
 * connecting  no picture yet
 * playing     the picture moves
 * paused      the browser wants a tap first, or the system paused it
 * stalled     the picture stands; it is expected to go on in a moment
 * away        nothing comes from the host; still trying
 * ended       the owner of the page said that it is over
 */
export type PlayerState = 'connecting' | 'playing' | 'paused' | 'stalled' | 'away' | 'ended'

/** Why a stream broke: gone at the server, not reachable, or not decodable. */
export type Loss = 'gone' | 'network' | 'media'

/** One attempt to play: whom to tell that it broke, and whether anybody still wants it. */
export type Attempt = { onLost: (loss: Loss) => void; signal: AbortSignal }

/**
 * Brings a stream into the video; resolves when it is attached. After waiting for anything it must
 * look at the attempt's signal before it touches the video, which may belong to another by then.
 */
export type OpenStream<Video> = (
  video: Video,
  url: string,
  attempt: Attempt,
) => Promise<{ stop(): void }>

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
  /** 0 ≤ x < 1; spreads the reconnects of a whole audience. */
  random?: () => number
}

export const connectTimeoutMs = 12_000
export const awayAfterMs = 5_000
export const reopenAfterMs = 15_000
/** With the longest pause of 15 s this is about a quarter of an hour. */
export const attemptsMax = 60
const patientAttemptsMax = 3

/** The pause before attempt n (from 1): doubling from half a second to 15 s, half of it random. */
export function retryDelayMs(attempt: number, random: () => number): number {
  const ceilingMs = Math.min(15_000, 500 * 2 ** (attempt - 1))
  return ceilingMs / 2 + (random() * ceilingMs) / 2
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
  #candidates: readonly Candidate[] = []
  #chosen = 0
  #stream: { stop(): void } | null = null
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

  /** Plays these sources; the same addresses again change nothing. */
  load(sources: PlayerSources): void {
    const candidates = chooseCandidates(sources, this.#needs.support)
    const isSame = this.#state !== 'ended' && sameCandidates(candidates, this.#candidates)
    if (isSame && candidates.length > 0) return
    this.#close()
    this.#candidates = candidates
    this.#chosen = 0
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
    this.#candidates = []
    this.#setState('ended')
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
    if (this.#stream && this.#needs.video.paused) void this.#play()
    else if (!this.#stream || this.#state === 'away') {
      this.#attempts = 0
      this.#connect()
    }
  }

  destroy(): void {
    this.#watch.abort()
    this.#close()
  }

  async #connect(): Promise<void> {
    const candidate = this.#candidates[this.#chosen % this.#candidates.length]
    if (!candidate) return
    this.#close()
    const { signal } = this.#round
    const onLost = (loss: Loss) => !signal.aborted && this.#lose(loss)
    this.#after(connectTimeoutMs, () => onLost('network'))
    try {
      const { video, open } = this.#needs
      const stream = await open[candidate.technique](video, candidate.url, { onLost, signal })
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
    if (loss === 'media') this.#chosen++
    if (loss === 'gone' || this.#attempts > patientAttemptsMax) this.#setState('away')
    else if (this.#state !== 'away') this.#setState(this.#hasPlayed ? 'stalled' : 'connecting')
    if (this.#attempts > attemptsMax) return
    this.#after(retryDelayMs(this.#attempts, this.#random), () => this.#connect())
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
    this.#setState('playing')
  }

  #handleWaiting(): void {
    if (this.#state !== 'playing') return
    this.#setState('stalled')
    this.#after(awayAfterMs, () => this.#setState('away'))
    this.#after(reopenAfterMs, () => this.#lose('network'))
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

function sameCandidates(some: readonly Candidate[], others: readonly Candidate[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ technique, url }, at) => {
      const other = others[at]
      return other?.technique === technique && other.url === url
    })
  )
}
