import type { Attempt, OpenStream } from './player-engine.ts'
import type { Technique } from './sources.ts'

/**
 * Everything runs on the page's own thread: the libraries' workers would need `blob:` scripts,
 * which our content security policy forbids, and remuxing one stream costs little.
 */
export const openStream: Readonly<Record<Technique, OpenStream<HTMLVideoElement>>> = {
  flv: openFlv,
  hls: openHls,
  native: openNative,
}

type Opened = Promise<{ stop(): void }>

/** HTTP-FLV through MSE. Speeds up a little when late, jumps when very late. */
async function openFlv(video: HTMLVideoElement, url: string, attempt: Attempt): Opened {
  const { onLost, signal } = attempt
  const { default: mpegts } = await import('mpegts.js')
  signal.throwIfAborted()
  mpegts.LoggingControl.enableAll = false
  const player = mpegts.createPlayer(
    { type: 'flv', isLive: true, url: new URL(url, location.href).href },
    {
      enableStashBuffer: false,
      lazyLoad: false,
      liveSync: true,
      liveSyncTargetLatency: 0.7,
      liveSyncMaxLatency: 1.1,
      liveSyncPlaybackRate: 1.2,
      liveBufferLatencyChasing: true,
      liveBufferLatencyMaxLatency: 4,
      liveBufferLatencyMinRemain: 0.7,
      autoCleanupSourceBuffer: true,
      autoCleanupMaxBackwardDuration: 30,
      autoCleanupMinBackwardDuration: 10,
    },
  )
  player.on(mpegts.Events.LOADING_COMPLETE, () => onLost('gone'))
  player.on(mpegts.Events.ERROR, (type: string, _detail: string, info?: { code?: number }) => {
    if (type === mpegts.ErrorTypes.MEDIA_ERROR) onLost('media')
    else onLost(isGone(info?.code) ? 'gone' : 'network')
  })
  player.attachMediaElement(video)
  player.load()
  return {
    stop() {
      player.destroy()
      video.playbackRate = 1
    },
  }
}

/** LL-HLS through MSE. The light build has no subtitles, DRM or alternate audio: live has none. */
async function openHls(video: HTMLVideoElement, url: string, attempt: Attempt): Opened {
  const { onLost, signal } = attempt
  const { default: Hls } = await import('hls.js/light')
  signal.throwIfAborted()
  const hls = new Hls({
    enableWorker: false,
    lowLatencyMode: true,
    // The default of 1 never catches up after a stall.
    maxLiveSyncPlaybackRate: 1.3,
    backBufferLength: 10,
    maxBufferLength: 10,
  })
  hls.on(Hls.Events.ERROR, (_name, error) => {
    if (!error.fatal) return
    if (error.type === Hls.ErrorTypes.MEDIA_ERROR) onLost('media')
    else onLost(isGone(error.response?.code) ? 'gone' : 'network')
  })
  hls.loadSource(url)
  hls.attachMedia(video)
  return {
    stop() {
      hls.destroy()
      video.playbackRate = 1
    },
  }
}

/** The browser's own HLS. */
async function openNative(video: HTMLVideoElement, url: string, attempt: Attempt): Opened {
  const { onLost } = attempt
  const watch = new AbortController()
  const lose = () => onLost(video.error?.code === MediaError.MEDIA_ERR_DECODE ? 'media' : 'network')
  video.addEventListener('error', lose, { signal: watch.signal })
  video.src = url
  return {
    stop() {
      watch.abort()
      video.removeAttribute('src')
      video.load()
    },
  }
}

const isGone = (status: number | undefined): boolean => status === 404 || status === 410
