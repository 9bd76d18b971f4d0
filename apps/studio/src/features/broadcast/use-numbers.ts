import { useEffect, useState } from 'react'
import type { Broadcast } from './broadcast.ts'
import type { Cost } from './effects/pace.ts'
import type { Measured } from './publish/numbers.ts'

const everyMs = 2_000

export type Numbers = { readonly sent: Measured | null; readonly effects: Cost | null }

/** What leaves this device and what effects cost, asked every two seconds. */
export function useNumbers(broadcast: Broadcast): Numbers {
  const [numbers, setNumbers] = useState<Numbers>({ sent: null, effects: null })
  useEffect(() => {
    let isOver = false
    const look = async () => {
      const sent = await broadcast.measure().catch(() => null)
      if (!isOver) setNumbers({ sent, effects: broadcast.effectCost() })
    }
    const timer = setInterval(look, everyMs)
    return () => {
      isOver = true
      clearInterval(timer)
    }
  }, [broadcast])
  return numbers
}
