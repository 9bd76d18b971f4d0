import type { ReactNode } from 'react'

type TickProps = {
  checked: boolean
  /** Some of what it stands for are marked. */
  isPartly?: boolean
  disabled?: boolean
  label: string
  onChange: (checked: boolean) => void
  children?: ReactNode
}

/** A round mark with a target as large as a finger. */
export const Tick = ({
  checked,
  isPartly = false,
  disabled,
  label,
  onChange,
  children,
}: TickProps) => (
  <label className="cart-tick">
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
