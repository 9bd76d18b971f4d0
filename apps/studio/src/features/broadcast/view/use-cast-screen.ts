import { useRef, useState } from 'react'
import type { BroadcastView } from '../broadcast.ts'
import { isOnAir } from '../model.ts'
import { usePreview } from './use-preview.ts'

export type Open = 'effects' | 'devices' | 'numbers' | null

/** What is open over the picture; shared by the phone's screen and the desk. */
export function useCastScreen(view: BroadcastView) {
  const own = useRef<HTMLVideoElement>(null)
  const [open, setOpen] = useState<Open>(null)
  const [hasViewers, setViewers] = useState(false)
  const preview = usePreview(view)
  const isAired = isOnAir(view.cast)
  return {
    own,
    open,
    setOpen,
    close: () => setOpen(null),
    preview,
    isAired,
    hasViewers: hasViewers && isAired,
    setViewers,
  }
}

export type CastScreen = ReturnType<typeof useCastScreen>
