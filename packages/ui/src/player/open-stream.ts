import type { Technique } from './sources.ts'
import type { OpenStream } from './stream.ts'

type Open = OpenStream<HTMLVideoElement>

/**
 * Everything runs on the page's own thread: the libraries' workers would need `blob:` scripts,
 * which our content security policy forbids, and remuxing one stream costs little. Only the way
 * that is tried is downloaded.
 */
export const openStream: Readonly<Record<Technique, Open>> = {
  whep: lazily(async () => (await import('./open/whep.ts')).openWhep),
  flv: lazily(async () => (await import('./open/flv.ts')).openFlv),
  hls: lazily(async () => (await import('./open/hls.ts')).openHls),
  native: lazily(async () => (await import('./open/native.ts')).openNative),
}

function lazily(fetch: () => Promise<Open>): Open {
  return async (video, url, attempt) => {
    const open = await fetch()
    attempt.signal.throwIfAborted()
    return open(video, url, attempt)
  }
}
