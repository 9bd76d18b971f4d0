import { useT } from '@kaibo/ui/i18n.ts'
import { type ReactNode, useId } from 'react'
import './goods.css'

type LabelledProps = {
  label: string
  hint?: string
  /** It may stay empty. */
  optional?: boolean
  children: (control: { id: string; 'aria-describedby': string | undefined }) => ReactNode
}

/** Label and hint around a control that draws a box of its own. */
export function Labelled({ label, hint, optional, children }: LabelledProps) {
  const t = useT('ui')
  const id = useId()
  const noteId = `${id}-note`
  return (
    <div className="labelled">
      <label className="k-field-label" htmlFor={id}>
        {label}
        {optional && <span className="k-field-optional">{t('field.optional')}</span>}
      </label>
      {children({ id, 'aria-describedby': hint ? noteId : undefined })}
      {hint && (
        <div className="k-field-note" id={noteId}>
          {hint}
        </div>
      )}
    </div>
  )
}
