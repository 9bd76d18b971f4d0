import type { ReplayHandle } from '@kaibo/ui/replay/replay-player.tsx'
import type { VodState } from '@kaibo/ui/replay/vod-engine.ts'
import { useRef, useState } from 'react'

export type Scrub = ReturnType<typeof useScrub>

/** The film under the host's hand: where it stands, and whether it moves. */
export function useScrub() {
  const player = useRef<ReplayHandle>(null)
  const [state, setState] = useState<VodState>('loading')
  const [atMs, setAtMs] = useState(0)
  const isMoving = state === 'playing' || state === 'waiting'
  return {
    ...{ player, atMs, isMoving, setState, setAtMs },
    seek(ms: number) {
      setAtMs(ms)
      player.current?.seek(ms)
    },
    toggle: () => (isMoving ? player.current?.pause() : player.current?.play()),
  }
}
