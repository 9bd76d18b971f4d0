import { useEffect, useRef } from 'react'

/** Calls `act` once, `delayMs` after the first of any number of calls; never after unmounting. */
export function useSoon(act: () => void, delayMs: number): () => void {
  const latest = useRef(act)
  latest.current = act
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      latest.current()
    }, delayMs)
  }
}
