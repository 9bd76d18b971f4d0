import { topics } from '@kaibo/contract/show/topics'
import { realtime } from '@kaibo/ui/data/realtime.ts'
import type { HeartsHandle } from '@kaibo/ui/live/hearts.tsx'
import { type RefObject, useEffect, useRef, useState } from 'react'

/** Taps travel together, at most this often. */
const sendEveryMs = 500
const tapsPerMessageMax = 100

export type Likes = {
  picture: RefObject<HeartsHandle | null>
  /** The room's hearts, with taps of mine that the server did not count yet. */
  total: number
  /** One tap of mine: it shows at once and travels with the next message. */
  tap: () => void
  /** The server's count moved: hearts of others rise. */
  settle: (total: number) => void
  /** The count from a snapshot; nothing rises. */
  reset: (total: number) => void
}

/** The hearts of a room. */
export function useLikes(liveId: string): Likes {
  const picture = useRef<HeartsHandle>(null)
  const unsent = useRef(0)
  const [counted, setCounted] = useState(0)
  const [mine, setMine] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => {
      if (unsent.current === 0) return
      const n = Math.min(unsent.current, tapsPerMessageMax)
      if (realtime.send({ t: 'count', topic: topics.live(liveId), key: 'hearts', n }))
        unsent.current -= n
    }, sendEveryMs)
    return () => clearInterval(timer)
  }, [liveId])
  return {
    picture,
    total: counted + mine,
    tap() {
      unsent.current += 1
      setMine(mine + 1)
      picture.current?.rise(1)
    },
    settle(total) {
      const mineCounted = mine - unsent.current
      const others = total - counted - mineCounted
      if (others > 0) picture.current?.rise(others)
      setMine(unsent.current)
      setCounted(total)
    },
    reset: setCounted,
  }
}
