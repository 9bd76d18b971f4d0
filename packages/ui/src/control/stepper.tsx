import type { JSX } from 'react'
import { useKitT } from '../i18n.ts'
import { IconButton } from './button.tsx'
import './stepper.css'

export type StepperProps = {
  value: number
  onChange: (value: number) => void
  /** What is counted, for screen readers. */
  label: string
  min?: number
  max?: number
}

/** A whole number between two bounds, by buttons, keys or typing. */
export function Stepper({ value, onChange, label, min = 1, max = 99 }: StepperProps): JSX.Element {
  const t = useKitT()
  const set = (next: number) => onChange(Math.min(max, Math.max(min, next)))
  return (
    <fieldset className="k-stepper">
      <legend className="k-sr">{label}</legend>
      <IconButton
        icon="minus"
        label={t('action.decrease')}
        disabled={value <= min}
        onClick={() => set(value - 1)}
      />
      <input
        className="k-stepper-value"
        inputMode="numeric"
        role="spinbutton"
        aria-label={label}
        aria-valuenow={value}
        aria-valuemin={min}
        aria-valuemax={max}
        value={value}
        onChange={event => set(Number(event.target.value.replace(/\D/g, '')) || min)}
        onKeyDown={event => {
          if (event.key === 'ArrowUp') set(value + 1)
          else if (event.key === 'ArrowDown') set(value - 1)
        }}
      />
      <IconButton
        icon="plus"
        label={t('action.increase')}
        disabled={value >= max}
        onClick={() => set(value + 1)}
      />
    </fieldset>
  )
}
