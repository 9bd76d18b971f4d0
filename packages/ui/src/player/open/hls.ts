import Hls from 'hls.js/light'
import { levelFor } from '../quality.ts'
import type { Quality } from '../sources.ts'
import type { Attempt, Stream } from '../stream.ts'
import { isGone } from './status.ts'

/** For replays, so that the library is one file for both. */
export { Hls }

/** LL-HLS through MSE. The light build has no subtitles, DRM or alternate audio: live has none. */
export async function openHls(
  video: HTMLVideoElement,
  url: string,
  { onLost, quality }: Attempt,
): Promise<Stream> {
  const hls = new Hls({
    enableWorker: false,
    lowLatencyMode: true,
    // The default of 1 never catches up after a stall.
    maxLiveSyncPlaybackRate: 1.3,
    backBufferLength: 10,
    maxBufferLength: 10,
  })
  let wanted = quality
  const choose = () => {
    hls.loadLevel = levelFor(wanted, hls.levels)
  }
  hls.on(Hls.Events.MANIFEST_PARSED, choose)
  hls.on(Hls.Events.ERROR, (_name, error) => {
    if (!error.fatal) return
    if (error.type === Hls.ErrorTypes.MEDIA_ERROR) onLost('media')
    else onLost(isGone(error.response?.code) ? 'gone' : 'network')
  })
  hls.loadSource(url)
  hls.attachMedia(video)
  return {
    // The playlist says when each picture reached the server, by the server's clock.
    behindMs(clockOffsetMs) {
      const shownAt = hls.playingDate
      return shownAt ? Math.max(0, Date.now() + clockOffsetMs - shownAt.getTime()) : null
    },
    setQuality(next: Quality) {
      wanted = next
      choose()
    },
    stop() {
      hls.destroy()
      video.playbackRate = 1
    },
  }
}
