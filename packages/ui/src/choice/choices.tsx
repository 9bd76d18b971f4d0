import { type JSX, type ReactNode, useId } from 'react'
import './choice.css'

export type Choice<Value extends string> = {
  value: Value
  label: ReactNode
  /** Shown but not to be had, such as a sold-out variant. */
  disabled?: boolean | undefined
}

export type ChoicesProps<Value extends string> = {
  /** What is chosen, shown above the pills. */
  label: string
  options: readonly Choice<Value>[]
  value: Value | null
  onChange: (value: Value) => void
}

/** One of a few, all in sight: real radio buttons drawn as pills, so the arrow keys work. */
export function Choices<Value extends string>(props: ChoicesProps<Value>): JSX.Element {
  const { label, options, value, onChange } = props
  const name = useId()
  return (
    <fieldset className="k-choices">
      <legend className="k-field-label">{label}</legend>
      <div className="k-choices-row">
        {options.map(option => (
          <label key={option.value} className="k-choice">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
