import type { PlayerHandle } from '@kaibo/ui/player/player.tsx'
import type { PlayerView } from '@kaibo/ui/player/player-engine.ts'
import { type RefObject, useEffect, useState } from 'react'

const everyMs = 1_000

/** How the picture comes to this page, as it comes to viewers, and how late; null without one. */
export function useView(
  player: RefObject<PlayerHandle | null>,
  { clockOffsetMs }: { clockOffsetMs: number },
): PlayerView | null {
  const [view, setView] = useState<PlayerView | null>(null)
  useEffect(() => {
    const timer = setInterval(() => setView(player.current?.view(clockOffsetMs) ?? null), everyMs)
    return () => clearInterval(timer)
  }, [player, clockOffsetMs])
  return view
}
