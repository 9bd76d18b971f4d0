import mpegts from 'mpegts.js'
import { createLag } from '../lag.ts'
import type { Attempt, Loss, Stream } from '../stream.ts'
import { flvPace } from './flv-pace.ts'
import { isGone } from './status.ts'

/** FLV by HTTP or WebSocket through MSE. Speeds up a little when late, jumps when very late. */
export async function openFlv(
  video: HTMLVideoElement,
  url: string,
  { onLost, onNarrow }: Attempt,
): Promise<Stream> {
  mpegts.LoggingControl.enableAll = false
  const player = mpegts.createPlayer(
    { type: 'flv', isLive: true, url: new URL(url, location.href).href },
    flvPace,
  )
  // Not in the middle of its own call: who loses the stream destroys the player.
  const lose = (loss: Loss) => queueMicrotask(() => onLost(loss))
  player.on(mpegts.Events.LOADING_COMPLETE, () => lose('gone'))
  player.on(mpegts.Events.ERROR, (type: string, _detail: string, info?: { code?: number }) => {
    if (type === mpegts.ErrorTypes.MEDIA_ERROR) lose('media')
    else lose(isGone(info?.code) ? 'gone' : 'network')
  })
  const lag = createLag(video)
  const watch = new AbortController()
  const hear = () => lag.arrived(performance.now()) && onNarrow()
  video.addEventListener('progress', hear, { signal: watch.signal })
  player.attachMediaElement(video)
  player.load()
  return {
    behindMs: () => lag.behindMs(performance.now()),
    stop() {
      watch.abort()
      player.destroy()
      video.playbackRate = 1
    },
  }
}
