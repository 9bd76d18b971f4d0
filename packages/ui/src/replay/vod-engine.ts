/**
 * loading  no picture yet · playing · paused · waiting: the picture stands for a moment ·
 * ended: the last picture · broken: it cannot go on by itself
 */
export type VodState = 'loading' | 'playing' | 'paused' | 'waiting' | 'ended' | 'broken'

export type VodNeeds = {
  video: HTMLVideoElement
  onState: (state: VodState) => void
}

type From = { fromSec: number; startsPaused: boolean }

export type VodEngine = {
  /** Plays an address from a moment on; another address of the same film goes on where it is. */
  load(url: string, from: From): void
  destroy(): void
}

/** A reload of what broke, at most so often in a row. */
const retriesMax = 3
/** A look for where a film lies now, at most so often in a while. */
const renewalsMax = 3
const renewalWhileMs = 60_000

type Opened = { stop(): void }

/**
 * Plays a finished HLS playlist in a `<video>`: by the browser's own HLS, or by hls.js where there are
 * Media Source Extensions. What breaks on the way is fetched again a few times; a piece that is not
 * where it was, or whose address is over, by way of the playlist, which knows a new one.
 */
export function createVodEngine({ video, onState }: VodNeeds): VodEngine {
  const life = new AbortController()
  let round = new AbortController()
  let opened: Opened | undefined
  let isBroken = false
  const tell = (state: VodState) => {
    if (!isBroken || state === 'broken') onState(state)
  }
  const giveUp = () => {
    isBroken = true
    tell('broken')
  }
  const on = (name: string, state: () => VodState | undefined) =>
    video.addEventListener(
      name,
      () => {
        const next = state()
        if (next) tell(next)
      },
      { signal: life.signal },
    )
  on('playing', () => 'playing')
  on('waiting', () => (video.paused ? undefined : 'waiting'))
  on('seeked', () => (video.ended ? 'ended' : video.paused ? 'paused' : undefined))
  on('pause', () => (video.ended ? 'ended' : 'paused'))
  on('ended', () => 'ended')

  const close = () => {
    round.abort()
    opened?.stop()
    opened = undefined
  }
  const open = (url: string, { fromSec, startsPaused }: From) => {
    close()
    round = new AbortController()
    const renew = () => {
      const at = { fromSec: video.currentTime || fromSec, startsPaused: video.paused }
      if (mayRenew()) open(url, at)
      else giveUp()
    }
    const place = { url, fromSec, signal: round.signal, onBroken: giveUp, onStale: renew }
    const opening = hasMse() ? openHls(video, place) : openNative(video, place)
    opening.then(stream => {
      if (place.signal.aborted) return stream.stop()
      opened = stream
      if (startsPaused) return tell('paused')
      // Without a tap some browsers play only what is silent, and some nothing.
      video.play().catch(() => {
        video.muted = true
        video.play().catch(() => tell('paused'))
      })
    }, giveUp)
  }
  let mayRenew = atMost(renewalsMax, renewalWhileMs)
  return {
    load(url, from) {
      isBroken = false
      mayRenew = atMost(renewalsMax, renewalWhileMs)
      onState('loading')
      open(url, from)
    },
    destroy() {
      life.abort()
      close()
    },
  }
}

/** Whether something may be done once more, which may be so many times in a while. */
function atMost(timesMax: number, whileMs: number): () => boolean {
  let doneMs: number[] = []
  return () => {
    const nowMs = performance.now()
    doneMs = doneMs.filter(ms => nowMs - ms < whileMs)
    return doneMs.push(nowMs) <= timesMax
  }
}

/** Not ManagedMediaSource: iPhones play HLS better by themselves. */
const hasMse = (): boolean =>
  'MediaSource' in globalThis &&
  MediaSource.isTypeSupported('video/mp4; codecs="avc1.42E01E,mp4a.40.2"')

type Place = {
  url: string
  fromSec: number
  signal: AbortSignal
  onBroken: () => void
  onStale: () => void
}

async function openHls(
  video: HTMLVideoElement,
  { url, fromSec, onBroken, onStale }: Place,
): Promise<Opened> {
  const { Hls } = await import('../player/open/hls.ts')
  const hls = new Hls({
    enableWorker: false,
    startPosition: fromSec,
    maxBufferLength: 30,
    backBufferLength: 60,
  })
  let retryCount = 0
  hls.on(Hls.Events.FRAG_BUFFERED, () => {
    retryCount = 0
  })
  hls.on(Hls.Events.ERROR, (_name, error) => {
    // hls.js would ask for half a minute before it calls this fatal.
    if (error.frag && isRefused(error.response?.code)) return onStale()
    if (!error.fatal) return
    retryCount += 1
    if (retryCount > retriesMax) onBroken()
    else if (error.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError()
    else if (hls.levels.length === 0) onBroken()
    else hls.startLoad()
  })
  hls.loadSource(url)
  hls.attachMedia(video)
  return { stop: () => hls.destroy() }
}

/** An address that is over, or of what is not there any more. */
const isRefused = (status = 0): boolean => status >= 400 && status < 500

async function openNative(
  video: HTMLVideoElement,
  { url, fromSec, onStale }: Place,
): Promise<Opened> {
  const watch = new AbortController()
  const { signal } = watch
  // It does not say what is wrong.
  video.addEventListener('error', onStale, { signal })
  video.addEventListener(
    'loadedmetadata',
    () => {
      if (fromSec > 0) video.currentTime = fromSec
    },
    { signal, once: true },
  )
  video.src = url
  return {
    stop() {
      watch.abort()
      video.removeAttribute('src')
      video.load()
    },
  }
}
