import type { Attempt, Stream } from '../stream.ts'

/** The browser's own HLS. */
export async function openNative(
  video: HTMLVideoElement,
  url: string,
  { onLost }: Attempt,
): Promise<Stream> {
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
