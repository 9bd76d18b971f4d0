/**
 * loading  no picture yet · playing · paused · waiting: the picture stands for a moment ·
 * ended: the last picture · broken: it cannot go on by itself
 */
export type VodState = 'loading' | 'playing' | 'paused' | 'waiting' | 'ended' | 'broken'

export type VodNeeds = {
  video: HTMLVideoElement
  onState: (state: VodState) => void
}

export type VodEngine = {
  /** Plays an address from a moment on; another address of the same film goes on where it is. */
  load(url: string, from: { fromSec: number; startsPaused: boolean }): void
  destroy(): void
}

/** A reload of what broke, at most so often in a row. */
const retriesMax = 3

type Opened = { stop(): void }

/**
 * Plays a finished HLS playlist in a `<video>`: by the browser's own HLS, or by hls.js where there are
 * Media Source Extensions. What breaks on the way is fetched again a few times.
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
  return {
    load(url, { fromSec, startsPaused }) {
      close()
      round = new AbortController()
      isBroken = false
      onState('loading')
      const place = { url, fromSec, signal: round.signal, onBroken: giveUp }
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
    },
    destroy() {
      life.abort()
      close()
    },
  }
}

/** Not ManagedMediaSource: iPhones play HLS better by themselves. */
const hasMse = (): boolean =>
  'MediaSource' in globalThis &&
  MediaSource.isTypeSupported('video/mp4; codecs="avc1.42E01E,mp4a.40.2"')

type Place = { url: string; fromSec: number; signal: AbortSignal; onBroken: () => void }

async function openHls(
  video: HTMLVideoElement,
  { url, fromSec, onBroken }: Place,
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

async function openNative(
  video: HTMLVideoElement,
  { url, fromSec, onBroken }: Place,
): Promise<Opened> {
  const watch = new AbortController()
  const { signal } = watch
  video.addEventListener('error', onBroken, { signal })
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
