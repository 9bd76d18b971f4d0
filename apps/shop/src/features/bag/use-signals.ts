import { api } from '@kaibo/ui/data/api.tsx'
import { useEffect, useRef } from 'react'

type Signal = { kind: 'click' | 'cart'; productId: string }

const sendEveryMs = 3_000
/** As in the contract, whose schemas are too heavy for a page. */
const signalsMax = 50

/** Tells the host which products are opened and put into carts; presses travel together. */
export function useSignals(liveId: string): (signal: Signal) => void {
  const waiting = useRef(new Map<string, Signal>())
  useEffect(() => {
    const send = () => {
      const items = [...waiting.current.values()].slice(0, signalsMax)
      waiting.current.clear()
      // Numbers for the host only: what is lost on the way disturbs nobody.
      if (items.length > 0) api.insight.signals({ liveId, items }).catch(() => {})
    }
    const timer = setInterval(send, sendEveryMs)
    return () => {
      clearInterval(timer)
      send()
    }
  }, [liveId])
  return signal => void waiting.current.set(`${signal.kind} ${signal.productId}`, signal)
}
