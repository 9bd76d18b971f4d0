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

/** Brings a stream into the video; resolves when it is attached. Losing it is told once. */
export type OpenStream<Video> = (
  video: Video,
  url: string,
  onLost: (loss: Loss) => void,
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

export type PlayerEngine = {
  /** Plays these sources. The same addresses again change nothing. */
  load(sources: PlayerSources): void
  /** The live is over: lets go of the stream and shows no more attempts. */
  end(): void
  mute(): void
  /** Only inside a tap or key press, or the browser refuses. */
  unmute(): Promise<void>
  /** The page came back into view, the network returned, or somebody pressed "try again". */
  wake(): void
  destroy(): void
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
export function createPlayerEngine<Video extends VideoFace>(
  needs: EngineNeeds<Video>,
): PlayerEngine {
  const { video, support, open, onState, random = Math.random } = needs
  const watch = new AbortController()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let candidates: Candidate[] = []
  let chosen = 0
  let stream: { stop(): void } | null = null
  /** Rises with every opening and closing, so that late answers of an old stream are ignored. */
  let round = 0
  let attempts = 0
  let hasPlayed = false
  let state: PlayerState = 'connecting'

  const setState = (next: PlayerState) => {
    if (next === state) return
    state = next
    onState(next)
  }
  const after = (ms: number, act: () => void) => {
    timers.add(setTimeout(act, ms))
  }
  const clearTimers = () => {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
  }
  const close = () => {
    round++
    clearTimers()
    stream?.stop()
    stream = null
  }

  const connect = async () => {
    const candidate = candidates[chosen % candidates.length]
    if (!candidate) return
    close()
    const mine = round
    const lose = (loss: Loss) => mine === round && lost(loss)
    after(connectTimeoutMs, () => lose('network'))
    try {
      const opened = await open[candidate.technique](video, candidate.url, lose)
      if (mine !== round) return opened.stop()
      stream = opened
      await play()
    } catch {
      lose('network')
    }
  }

  const lost = (loss: Loss) => {
    close()
    attempts++
    if (loss === 'media') chosen++
    if (loss === 'gone' || attempts > patientAttemptsMax) setState('away')
    else if (state !== 'away') setState(hasPlayed ? 'stalled' : 'connecting')
    if (attempts <= attemptsMax) after(retryDelayMs(attempts, random), connect)
  }

  const play = async () => {
    const mine = round
    try {
      await video.play()
    } catch (error) {
      const isRefused = error instanceof DOMException && error.name === 'NotAllowedError'
      if (!isRefused || mine !== round) return
      // Sound needs a gesture: play silently. Refused even so (battery saver): wait for a tap.
      if (video.muted) return pauseFor()
      video.muted = true
      await play()
    }
  }
  const pauseFor = () => {
    clearTimers()
    setState('paused')
  }

  const on = (name: string, act: () => void) =>
    video.addEventListener(name, () => stream && act(), { signal: watch.signal })
  on('playing', () => {
    clearTimers()
    attempts = 0
    hasPlayed = true
    setState('playing')
  })
  on('waiting', () => {
    if (state !== 'playing') return
    setState('stalled')
    after(awayAfterMs, () => setState('away'))
    after(reopenAfterMs, () => lost('network'))
  })
  on('pause', () => {
    if (state === 'playing') pauseFor()
  })
  on('ended', () => lost('gone'))

  return {
    load(sources) {
      const next = chooseCandidates(sources, support)
      const hasSources = sources.flv !== undefined || sources.llhls !== undefined
      if (state !== 'ended' && next.length > 0 && sameCandidates(next, candidates)) return
      candidates = next
      chosen = 0
      attempts = 0
      hasPlayed = false
      // No addresses yet is waiting; addresses that nothing here can play is not.
      setState(hasSources && next.length === 0 ? 'away' : 'connecting')
      if (next.length > 0) connect()
      else close()
    },
    end() {
      close()
      candidates = []
      setState('ended')
    },
    mute() {
      video.muted = true
    },
    async unmute() {
      video.muted = false
      await play()
    },
    wake() {
      if (candidates.length === 0) return
      if (stream && video.paused) return void play()
      if (stream && state !== 'away') return
      attempts = 0
      connect()
    },
    destroy() {
      watch.abort()
      close()
    },
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
