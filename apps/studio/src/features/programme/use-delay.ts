import { type RefObject, useEffect, useState } from 'react'

const everyMs = 2_000
const secMs = 1_000

/** How far the picture that plays in `box` is behind the newest that arrived; null without one. */
export function useDelay(box: RefObject<HTMLElement | null>): number | null {
  const [delayMs, setDelayMs] = useState<number | null>(null)
  useEffect(() => {
    const timer = setInterval(() => {
      const video = box.current?.querySelector('video')
      const last = (video?.buffered.length ?? 0) - 1
      const isPlaying = video && last >= 0 && !video.paused
      setDelayMs(isPlaying ? (video.buffered.end(last) - video.currentTime) * secMs : null)
    }, everyMs)
    return () => clearInterval(timer)
  }, [box])
  return delayMs
}
