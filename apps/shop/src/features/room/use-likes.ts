import { topics } from '@kaibo/contract/topics'
import { realtime } from '@kaibo/ui/data/realtime.ts'
import { useEffect, useRef, useState } from 'react'

/** Taps travel together, at most this often. */
const sendEveryMs = 500

/** Merges taps into one message; `mine` are taps that the room's total does not hold yet. */
export function useLikes(liveId: string): { like: () => void; mine: number; settle: () => void } {
  const waiting = useRef(0)
  const [mine, setMine] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => {
      if (waiting.current === 0) return
      const n = Math.min(waiting.current, 100)
      if (realtime.send({ t: 'count', topic: topics.live(liveId), key: 'hearts', n }))
        waiting.current -= n
    }, sendEveryMs)
    return () => clearInterval(timer)
  }, [liveId])
  return {
    mine,
    like() {
      waiting.current += 1
      setMine(count => count + 1)
    },
    settle: () => setMine(0),
  }
}
