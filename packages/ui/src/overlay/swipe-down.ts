const startPx = 8
const dismissShare = 0.28
const flingPxPerMs = 0.55

/**
 * Lets a finger pull a bottom sheet down. A pull counts only when the content under the finger is
 * scrolled to its top; else it scrolls, as people expect. Returns the release function.
 */
export function followSwipeDown(panel: HTMLElement, onDismiss: () => void): () => void {
  let startY = 0
  let startAt = 0
  let pulledPx = 0
  let phase: 'idle' | 'maybe' | 'pulling' = 'idle'

  const start = (event: TouchEvent) => {
    const touch = event.touches[0]
    phase = touch && event.touches.length === 1 && isAtTop(event.target, panel) ? 'maybe' : 'idle'
    startY = touch?.clientY ?? 0
    startAt = event.timeStamp
    pulledPx = 0
  }
  const move = (event: TouchEvent) => {
    const touch = event.touches[0]
    if (phase === 'idle' || !touch) return
    pulledPx = touch.clientY - startY
    if (phase === 'maybe' && Math.abs(pulledPx) >= startPx)
      phase = pulledPx > 0 ? 'pulling' : 'idle'
    if (phase !== 'pulling') return
    if (event.cancelable) event.preventDefault()
    panel.dataset.pulling = ''
    panel.style.setProperty('--pull', `${Math.max(0, pulledPx)}px`)
  }
  const end = (event: TouchEvent) => {
    if (phase !== 'pulling') return
    phase = 'idle'
    delete panel.dataset.pulling
    const speed = pulledPx / Math.max(1, event.timeStamp - startAt)
    const isFar = pulledPx > panel.offsetHeight * dismissShare
    if (event.type === 'touchend' && (isFar || speed > flingPxPerMs)) onDismiss()
    panel.style.removeProperty('--pull')
  }

  const watch = new AbortController()
  const { signal } = watch
  panel.addEventListener('touchstart', start, { signal, passive: true })
  panel.addEventListener('touchmove', move, { signal, passive: false })
  panel.addEventListener('touchend', end, { signal })
  panel.addEventListener('touchcancel', end, { signal })
  return () => watch.abort()
}

function isAtTop(target: EventTarget | null, panel: HTMLElement): boolean {
  for (let node = target; node instanceof Element && node !== panel; node = node.parentElement) {
    if (node.scrollTop > 0) return false
  }
  return true
}
