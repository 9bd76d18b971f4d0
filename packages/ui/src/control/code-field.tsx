import { type JSX, useEffect, useId, useRef } from 'react'
import { classes } from '../classes.ts'
import { useKitT } from '../i18n.ts'
import './code-field.css'
import { codeDigits } from './digits.ts'

export type CodeFieldProps = {
  value: string
  onChange: (digits: string) => void
  /** All digits are there. */
  onComplete?: ((digits: string) => void) | undefined
  length?: number
  label?: string
  error?: string | undefined
  /** Takes the focus when it appears: right after somebody asked for a code. */
  startFocused?: boolean
  disabled?: boolean
}

/**
 * A text-message code. It is one real input drawn as boxes, so typing, pasting, deleting, the
 * keyboard's "from Messages" suggestion and screen readers work as they do in any text field.
 */
export function CodeField(props: CodeFieldProps): JSX.Element {
  const { value, onChange, onComplete, length = 6, label, error, startFocused, disabled } = props
  const t = useKitT()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (startFocused) input.current?.focus()
  }, [startFocused])
  const change = (typed: string) => {
    const digits = codeDigits(typed, length)
    onChange(digits)
    if (digits.length === length && digits !== value) onComplete?.(digits)
  }
  return (
    <div className="k-code" data-invalid={error ? true : undefined}>
      <label className="k-field-label" htmlFor={id}>
        {label ?? t('field.code')}
      </label>
      <div className="k-code-boxes">
        <input
          ref={input}
          id={id}
          className="k-code-input"
          type="text"
          inputMode="numeric"
          autoComplete="one-time-code"
          disabled={disabled}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-note`}
          value={value}
          onChange={event => change(event.target.value)}
        />
        {Array.from(Array(length).keys(), position => (
          <span
            key={position}
            className={classes('k-code-box', position === value.length && 'k-code-box-next')}
            aria-hidden="true"
          >
            {value[position]}
          </span>
        ))}
      </div>
      <div className="k-field-note k-field-error" id={`${id}-note`} aria-live="polite">
        {error}
      </div>
    </div>
  )
}
