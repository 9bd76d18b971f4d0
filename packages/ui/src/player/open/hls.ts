import Hls from 'hls.js/light'
import { levelFor } from '../quality.ts'
import type { Quality } from '../sources.ts'
import type { Attempt, Stream } from '../stream.ts'
import { PartLoader } from './part-loader.ts'
import { isGone } from './status.ts'

/** For replays, so that the library is one file for both. */
export { Hls }

/** What a line that was too narrow for another way is taken to carry until it is measured. */
const narrowBps = 300_000

/** How the library keeps at the live edge, beside whether it loads parts. */
export const hlsPace = {
  enableWorker: false,
  streamController: PartLoader,
  // The default of 1 never catches up after a stall.
  maxLiveSyncPlaybackRate: 1.3,
  backBufferLength: 10,
  maxBufferLength: 10,
}

/** LL-HLS through MSE. The light build has no subtitles, DRM or alternate audio: live has none. */
export async function openHls(
  video: HTMLVideoElement,
  url: string,
  { onLost, onUnchosen, quality, isNarrow }: Attempt,
): Promise<Stream> {
  const hls = new Hls({
    ...hlsPace,
    // Whole segments want less of a line than their parts, and leave a buffer for its moods.
    lowLatencyMode: !isNarrow,
    // Otherwise it begins with the largest picture.
    ...(isNarrow ? { abrEwmaDefaultEstimate: narrowBps } : {}),
    // A quick line is measured for moments only: with the default of 9 it counts after minutes.
    abrEwmaFastLive: 1,
    abrEwmaSlowLive: 2,
  })
  let wanted = quality
  const choose = () => {
    hls.loadLevel = levelFor(wanted, hls.levels)
  }
  const giveUpChoice = () => {
    wanted = 'auto'
    onUnchosen()
  }
  hls.on(Hls.Events.MANIFEST_PARSED, () => {
    if (typeof wanted === 'number' && hls.levels.length < 2) giveUpChoice()
    choose()
  })
  hls.on(Hls.Events.ERROR, (_name, error) => {
    // The library turns to another level, and to choosing by itself, when one cannot be loaded.
    if (wanted !== 'auto' && hls.autoLevelEnabled) giveUpChoice()
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
