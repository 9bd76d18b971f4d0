import { useState } from 'react'
import type { BroadcastView } from '../broadcast.ts'

/** What the host looks at: the picture as it goes out, or for a moment the one without effects. */
export function usePreview({ picture, video, source, facing, settings }: BroadcastView) {
  const [isRaw, setRaw] = useState(false)
  // Words in the picture could not be read in a mirror.
  const isSelfie = source === 'camera' && facing === 'user' && !settings.watermark?.text
  return {
    track: isRaw ? video : picture,
    isFlipped: isSelfie && (isRaw || !settings.mirror),
    compare: setRaw,
  }
}
