import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type ReactNode, useId } from 'react'
import { SideDrawer } from '../side-drawer.tsx'

type FormDrawerProps = {
  open: boolean
  onClose: () => void
  title: ReactNode
  submitLabel: string
  busy: boolean
  /** Nothing can be changed any more. */
  locked?: boolean
  onSubmit: () => void
  /** Stands above the form, and works while it is locked. */
  above?: ReactNode
  children: ReactNode
}

/** A form beside its list; Enter submits. */
export function FormDrawer(props: FormDrawerProps) {
  const { open, onClose, title, submitLabel, busy, locked, onSubmit, above, children } = props
  const kit = useT('ui')
  const id = useId()
  return (
    <SideDrawer
      open={open}
      onClose={onClose}
      title={title}
      footer={
        <div className="form-foot">
          <Button onClick={onClose}>{kit('action.cancel')}</Button>
          {!locked && (
            <Button type="submit" form={id} tone="primary" busy={busy}>
              {submitLabel}
            </Button>
          )}
        </div>
      }
    >
      {above}
      <form
        id={id}
        className="k-stack"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          onSubmit()
        }}
      >
        <fieldset className="form-fields k-stack" disabled={locked}>
          {children}
        </fieldset>
      </form>
    </SideDrawer>
  )
}
