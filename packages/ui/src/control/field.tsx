import { type ComponentProps, type JSX, type ReactNode, useId } from 'react'
import { classes } from '../classes.ts'
import { Icon } from '../display/icon.tsx'
import { useKitT } from '../i18n.ts'
import './field.css'

/** What every field says about itself. */
export type FieldText = {
  label: string
  /** Help under the control, read with it. */
  hint?: ReactNode
  /** What is wrong, in words; marks the control as invalid. */
  error?: string | undefined
  /** Says that it may stay empty. Everything else is taken as required. */
  optional?: boolean | undefined
}

export type FieldProps = FieldText & {
  /** Inside the box, beside the control: a unit, a prefix, a button. */
  before?: ReactNode
  after?: ReactNode
  className?: string | undefined
  children: (control: FieldControl) => ReactNode
}

/** Spread these on the control so that label, hint and error belong to it. */
export type FieldControl = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** Label, box, hint and error around any control. */
export function Field(props: FieldProps): JSX.Element {
  const { label, hint, error, optional, before, after, className, children } = props
  const t = useKitT()
  const id = useId()
  const noteId = `${id}-note`
  return (
    <div className={classes('k-field', className)} data-invalid={error ? true : undefined}>
      <label className="k-field-label" htmlFor={id}>
        {label}
        {optional && <span className="k-field-optional">{t('field.optional')}</span>}
      </label>
      <div className="k-field-box">
        {before}
        {children({
          id,
          'aria-describedby': error || hint ? noteId : undefined,
          'aria-invalid': error ? true : undefined,
        })}
        {after}
      </div>
      {/* The live region stands before the error arrives, or screen readers would miss it. */}
      <div className="k-field-note" id={noteId} aria-live="polite">
        {error ? (
          <span className="k-field-error">
            <Icon name="warning" />
            {error}
          </span>
        ) : (
          hint
        )}
      </div>
    </div>
  )
}

type Boxed = Pick<FieldProps, 'before' | 'after'>

/** A one-line text field. */
export function TextField(props: FieldText & Boxed & ComponentProps<'input'>): JSX.Element {
  const { field, control } = split(props)
  return <Field {...field}>{own => <input {...control} {...own} className="k-input" />}</Field>
}

/** A field of several lines. */
export function TextareaField(props: FieldText & ComponentProps<'textarea'>): JSX.Element {
  const { field, control } = split(props)
  return (
    <Field {...field}>
      {own => <textarea rows={3} {...control} {...own} className="k-input k-textarea" />}
    </Field>
  )
}

export type SelectOption = { value: string; label: string; disabled?: boolean }

/** The system's own select: the best one on every phone. */
export function SelectField(
  props: FieldText & ComponentProps<'select'> & { options: readonly SelectOption[] },
): JSX.Element {
  const { options, ...rest } = props
  const { field, control } = split(rest)
  return (
    <Field {...field} after={<Icon name="chevron" className="k-select-arrow" />}>
      {own => (
        <select {...control} {...own} className="k-input k-select">
          {options.map(option => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

function split<P extends FieldText & Boxed & { className?: string | undefined }>(props: P) {
  const { label, hint, error, optional, before, after, className, ...control } = props
  return { field: { label, hint, error, optional, before, after, className }, control }
}
