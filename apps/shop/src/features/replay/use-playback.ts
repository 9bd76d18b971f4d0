import type { ReplayHandle } from '@kaibo/ui/replay/replay-player.tsx'
import type { VodState } from '@kaibo/ui/replay/vod-engine.ts'
import { type RefObject, useRef, useState } from 'react'

export type Playback = {
  player: RefObject<ReplayHandle | null>
  state: VodState
  atMs: number
  bufferedMs: number
  rate: number
  isMuted: boolean
  setRate: (rate: number) => void
  toggle: () => void
  toggleSound: () => void
  /** Goes to a moment and plays from there. */
  seek: (ms: number) => void
  /** What the player tells. */
  hear: {
    onState: (state: VodState) => void
    onTime: (ms: number) => void
    onBuffered: (ms: number) => void
    onMuted: (isMuted: boolean) => void
  }
}

/** How far a replay is, how fast it goes, and the hand on it. */
export function usePlayback(startMs: number): Playback {
  const player = useRef<ReplayHandle>(null)
  const [state, setState] = useState<VodState>('loading')
  const [atMs, setAtMs] = useState(startMs)
  const [bufferedMs, setBufferedMs] = useState(0)
  const [rate, setRate] = useState(1)
  const [isMuted, setMuted] = useState(false)
  return {
    ...{ player, state, atMs, bufferedMs, rate, isMuted, setRate },
    toggle: () => (isMoving(state) ? player.current?.pause() : player.current?.play()),
    toggleSound: () => setMuted(!isMuted),
    seek(ms) {
      setAtMs(ms)
      player.current?.seek(ms)
      player.current?.play()
    },
    hear: { onState: setState, onTime: setAtMs, onBuffered: setBufferedMs, onMuted: setMuted },
  }
}

/** Whether a press on the button means "pause". */
export const isMoving = (state: VodState): boolean => state === 'playing' || state === 'waiting'
