import { type JSX, type ReactNode, useEffect, useEffectEvent, useId, useRef } from 'react'
import { IconButton } from '../control/button.tsx'
import { useKitT } from '../i18n.ts'
import './sheet.css'
import { followSwipeDown } from './swipe-down.ts'
import { Toasts } from './toast.tsx'
import { useModal } from './use-modal.ts'

export type SheetProps = {
  open: boolean
  /** Asked to close: Esc, back gesture, close button, tap outside, swipe down. */
  onClose: () => void
  title: string
  children: ReactNode
  /** Stays in view under the scrolling content, for the sheet's main action. */
  footer?: ReactNode
  /** Beside the title, such as a count or a search button. */
  extra?: ReactNode
  /** bottom: rises from below · end: a drawer at the side on wide screens, for consoles. */
  side?: 'bottom' | 'end'
  /** Always as tall as allowed (70 % of the screen), so that lists do not jump. */
  tall?: boolean
  /** A theme of its own, such as a paper sheet in a dark room. */
  theme?: 'paper' | 'room' | undefined
}

/**
 * A panel over the page. What lies beneath cannot be pressed but stays mounted and goes on
 * playing. Mount it always and drive `open`; its children are rendered only while it shows.
 */
export function Sheet(props: SheetProps): JSX.Element {
  const { open, onClose, title, children, footer, extra, side = 'bottom', tall, theme } = props
  const t = useKitT()
  const titleId = useId()
  const modal = useModal(open, onClose)
  const panel = useRef<HTMLDivElement>(null)
  const dismiss = useEffectEvent(onClose)
  useEffect(() => {
    if (open && panel.current) return followSwipeDown(panel.current, () => dismiss())
  }, [open])
  return (
    <dialog
      ref={modal.ref}
      className="k-sheet"
      data-side={side}
      data-tall={tall || undefined}
      data-theme={theme}
      aria-labelledby={titleId}
      {...modal.events}
    >
      {modal.mounted && (
        <div ref={panel} className="k-sheet-panel">
          <header className="k-sheet-head">
            <h2 id={titleId} className="k-sheet-title" tabIndex={-1} data-autofocus>
              {title}
            </h2>
            {extra}
            <IconButton icon="close" label={t('action.close')} onClick={onClose} />
          </header>
          <div className="k-sheet-body">{children}</div>
          {footer && <footer className="k-sheet-foot">{footer}</footer>}
        </div>
      )}
      {/* Not while it closes: the page itself shows what was told at the end. */}
      {open && <Toasts />}
    </dialog>
  )
}
