import { type RefObject, useEffect, useState } from 'react'
import { delayBetween, delayMsMax, type Glimpse, withGlimpse } from '../capture/delay.ts'

const lookEveryMs = 100
const thinkEveryMs = 3_000
/** What the viewers' picture showed lately; the own one is kept for as long as a way may take. */
const viewedMs = 8_000
const side = 4

/** How much later the picture in `box` shows what `own` shows; null until it is known. */
export function useGlimpsedDelay(
  own: RefObject<HTMLVideoElement | null>,
  box: RefObject<HTMLElement | null>,
): number | null {
  const [delayMs, setDelayMs] = useState<number | null>(null)
  useEffect(() => {
    const glimpse = createGlimpser()
    let owns: Glimpse[] = []
    let views: Glimpse[] = []
    const look = setInterval(() => {
      const atMs = performance.now()
      const here = glimpse(own.current, atMs)
      const there = glimpse(box.current?.querySelector('video') ?? null, atMs)
      if (here) owns = withGlimpse(owns, here, delayMsMax + viewedMs)
      if (there) views = withGlimpse(views, there, viewedMs)
    }, lookEveryMs)
    const think = setInterval(() => {
      const found = delayBetween(owns, views)
      // A scene that stands still for a moment does not make the last figure wrong.
      if (found !== null) setDelayMs(found)
    }, thinkEveryMs)
    return () => {
      clearInterval(look)
      clearInterval(think)
    }
  }, [own, box])
  return delayMs
}

/** Reduces a playing picture to the brightness of few fields. */
function createGlimpser() {
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  return (video: HTMLVideoElement | null, atMs: number): Glimpse | null => {
    if (!pen || !video || video.videoWidth === 0 || video.paused) return null
    pen.drawImage(video, 0, 0, side, side)
    const { data } = pen.getImageData(0, 0, side, side)
    const fields = Array.from({ length: side * side }, (_, field) => {
      const [red = 0, green = 0, blue = 0] = data.subarray(field * 4, field * 4 + 3)
      return red * 0.299 + green * 0.587 + blue * 0.114
    })
    return { atMs, fields }
  }
}
