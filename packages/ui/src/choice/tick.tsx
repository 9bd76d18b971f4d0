import type { JSX, ReactNode } from 'react'
import './tick.css'

export type TickProps = {
  checked: boolean
  /** Some of what it stands for are marked. */
  isPartly?: boolean
  disabled?: boolean
  /** For screen readers, where there are no words beside it. */
  label?: string
  onChange: (checked: boolean) => void
  /** Words beside it; they take the tap as well. */
  children?: ReactNode
}

/** One of many that may be marked, with a target as large as a finger. */
export function Tick(props: TickProps): JSX.Element {
  const { checked, isPartly = false, disabled, label, onChange, children } = props
  return (
    <label className="k-tick">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        disabled={disabled}
        ref={input => {
          if (input) input.indeterminate = isPartly
        }}
        onChange={event => onChange(event.target.checked)}
      />
      {children}
    </label>
  )
}
