import { useRef, useState } from 'react'

/** How many people are connected: what was heard while a snapshot was on its way is newer than it. */
export function useOnline() {
  const [count, setCount] = useState<number>()
  const hearings = useRef(0)
  return {
    count,
    hear(heardCount: number) {
      hearings.current += 1
      setCount(heardCount)
    },
    /** Before the snapshot is asked for; returns who takes its number. */
    asking() {
      const before = hearings.current
      return (snapshotCount: number) => {
        if (hearings.current === before) setCount(snapshotCount)
      }
    },
  }
}
