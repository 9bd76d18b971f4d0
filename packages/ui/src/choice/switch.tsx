import type { JSX, ReactNode } from 'react'
import './choice.css'

export type SwitchProps = {
  label: ReactNode
  /** What it means, under the label. */
  hint?: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean | undefined
  /** The change is on its way to the server. */
  busy?: boolean | undefined
}

/** On or off, effective at once. The whole row takes the tap. */
export function Switch(props: SwitchProps): JSX.Element {
  const { label, hint, checked, onChange, disabled, busy } = props
  return (
    <label className="k-switch">
      <span className="k-switch-text">
        {label}
        {hint && <small>{hint}</small>}
      </span>
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        aria-checked={checked}
        disabled={disabled}
        aria-busy={busy || undefined}
        onChange={event => !busy && onChange(event.target.checked)}
      />
    </label>
  )
}
