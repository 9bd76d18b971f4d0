import { type JSX, type ReactNode, useId } from 'react'
import { Button } from '../control/button.tsx'
import { useKitT } from '../i18n.ts'
import './dialog.css'
import { Toasts } from './toast.tsx'
import { useModal } from './use-modal.ts'

export type DialogProps = {
  open: boolean
  /** Cancelled: the button, Esc, the back gesture or a tap outside. */
  onClose: () => void
  onConfirm: () => void
  title: string
  children?: ReactNode
  /** The verb of what will happen, such as "End live". */
  confirmLabel?: string
  cancelLabel?: string
  /** danger: something is lost; the focus then starts on cancel. */
  tone?: 'primary' | 'danger'
  /** The confirmed work is under way. */
  busy?: boolean
}

/** Asks before something that matters. */
export function Dialog(props: DialogProps): JSX.Element {
  const { open, onClose, onConfirm, title, children, tone = 'primary', busy } = props
  const t = useKitT()
  const id = useId()
  const modal = useModal(open, onClose)
  const isDanger = tone === 'danger'
  return (
    <dialog
      ref={modal.ref}
      className="k-dialog"
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-body`}
      {...modal.events}
    >
      {modal.mounted && (
        <div className="k-dialog-panel">
          <h2 id={`${id}-title`} className="k-dialog-title">
            {title}
          </h2>
          <div id={`${id}-body`} className="k-dialog-body">
            {children}
          </div>
          <div className="k-dialog-actions">
            <Button onClick={onClose} data-autofocus={isDanger || undefined}>
              {props.cancelLabel ?? t('action.cancel')}
            </Button>
            <Button
              tone={tone}
              busy={busy}
              onClick={onConfirm}
              data-autofocus={!isDanger || undefined}
            >
              {props.confirmLabel ?? t('action.confirm')}
            </Button>
          </div>
        </div>
      )}
      {/* Not while it closes: the page itself shows what was told at the end. */}
      {open && <Toasts />}
    </dialog>
  )
}
