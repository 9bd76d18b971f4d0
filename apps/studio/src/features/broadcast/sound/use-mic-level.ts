import { type RefObject, useEffect, useRef, useState } from 'react'
import { earOf, isTooSilent, levelOf, silentSince } from './level.ts'

/** Nobody's eye follows finer steps, and each is a painting of the page. */
const lively = { everyMs: 100, steps: 12 }
const calm = { everyMs: 500, steps: 3 }

/**
 * Shows in `bar`, as `--level` from 0 to 1, how loud a microphone hears; tells when it has heard
 * nothing at all for a while. Null is a microphone that is not listened to.
 */
export function useMicLevel(mic: MediaStreamTrack | null): {
  bar: RefObject<HTMLElement | null>
  isSilent: boolean
} {
  const bar = useRef<HTMLElement>(null)
  const [isSilent, setSilent] = useState(false)
  useEffect(() => {
    if (!mic) return
    const ear = earOf(mic)
    const { everyMs, steps } = matchMedia('(prefers-reduced-motion: reduce)').matches
      ? calm
      : lively
    let sinceMs: number | null = null
    const timer = setInterval(() => {
      const [effective, nowMs] = [ear.listen(), performance.now()]
      sinceMs = silentSince(sinceMs, { effective, nowMs })
      setSilent(isTooSilent(sinceMs, nowMs))
      const shown = Math.round(levelOf(effective) * steps) / steps
      bar.current?.style.setProperty('--level', String(shown))
    }, everyMs)
    return () => {
      clearInterval(timer)
      ear.stop()
      setSilent(false)
    }
  }, [mic])
  return { bar, isSilent }
}
