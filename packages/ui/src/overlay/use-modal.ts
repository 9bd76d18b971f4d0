import {
  type PointerEvent,
  type RefObject,
  type SyntheticEvent,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'

export type Modal = {
  ref: RefObject<HTMLDialogElement | null>
  /** Keep the content rendered: it is open, or still on its way out. */
  mounted: boolean
  /** Spread on the `<dialog>`. */
  events: {
    onCancel(event: SyntheticEvent): void
    onClose(event: SyntheticEvent): void
    onPointerDown(event: PointerEvent): void
    onPointerUp(event: PointerEvent): void
  }
}

/**
 * A `<dialog>` driven by an `open` property. The browser does the hard parts: the top layer, the
 * inert background (which goes on playing and receiving messages), the focus trap, Esc and the
 * Android back gesture. This adds what it leaves open: first focus on `[data-autofocus]`, focus
 * back to the opener also after unmounting, dismissal by tapping outside, and exit animations.
 */
export function useModal(open: boolean, onDismiss: () => void): Modal {
  const ref = useRef<HTMLDialogElement>(null)
  const [mounted, setMounted] = useState(open)
  if (open && !mounted) setMounted(true)
  const pressedOutside = useRef(false)

  useLayoutEffect(() => {
    const dialog = ref.current
    if (!open || !dialog) return
    const opener = document.activeElement
    dialog.showModal()
    dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true })
    return () => {
      dialog.close()
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true })
    }
  }, [open])

  const unmount = useEffectEvent(() => !open && setMounted(false))
  useEffect(() => {
    if (open || !mounted) return
    const running = ref.current?.getAnimations({ subtree: true }) ?? []
    Promise.allSettled(running.map(animation => animation.finished)).then(() => unmount())
  }, [open, mounted])

  return {
    ref,
    mounted,
    events: {
      onCancel(event) {
        if (event.target !== ref.current) return
        event.preventDefault()
        onDismiss()
      },
      // Browsers may close without asking (a second Esc); the page must learn of it.
      onClose(event) {
        if (event.target === ref.current && open && !ref.current.open) onDismiss()
      },
      onPointerDown(event) {
        pressedOutside.current = event.target === ref.current
      },
      onPointerUp(event) {
        if (pressedOutside.current && event.target === ref.current) onDismiss()
        pressedOutside.current = false
      },
    },
  }
}
