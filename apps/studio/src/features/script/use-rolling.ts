import { type RefObject, useEffect, useState } from 'react'

/** Lines roll by at the pace of calm speech. */
const pxPerSec = 22

/** Rolls a box down slowly, as a teleprompter does; stops at the end. */
export function useRolling(box: RefObject<HTMLElement | null>) {
  const [isRolling, setRolling] = useState(false)
  useEffect(() => {
    if (!isRolling) return
    let lastMs = performance.now()
    let owedPx = 0
    let frame = requestAnimationFrame(function roll(nowMs) {
      const node = box.current
      if (!node) return
      owedPx += ((nowMs - lastMs) / 1_000) * pxPerSec
      lastMs = nowMs
      const wholePx = Math.floor(owedPx)
      owedPx -= wholePx
      node.scrollTop += wholePx
      if (node.scrollTop + node.clientHeight >= node.scrollHeight - 1) setRolling(false)
      else frame = requestAnimationFrame(roll)
    })
    return () => cancelAnimationFrame(frame)
  }, [isRolling, box])
  return { isRolling, setRolling }
}
