import type { JSX } from 'react'
import { useKitT } from '../i18n.ts'
import { phoneDigits, spacedPhone } from './digits.ts'
import { type FieldText, TextField } from './field.tsx'

export type PhoneFieldProps = Partial<FieldText> & {
  /** Digits only, without spaces or country code. */
  value: string
  onChange: (digits: string) => void
  disabled?: boolean
}

/** A mainland mobile number: shown as 138 0013 8000, given to the app as digits. */
export function PhoneField({ value, onChange, label, ...rest }: PhoneFieldProps): JSX.Element {
  const t = useKitT()
  return (
    <TextField
      type="tel"
      inputMode="numeric"
      autoComplete="tel-national"
      label={label ?? t('field.phone')}
      before={<span className="k-phone-code">+86</span>}
      {...rest}
      value={spacedPhone(value)}
      onChange={event => onChange(phoneDigits(event.target.value))}
    />
  )
}
