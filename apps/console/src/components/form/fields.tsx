import { type FieldText, TextField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import type { ReactNode } from 'react'
import { localText } from './local-time.ts'

/** A unit inside the box. */
const Affix = ({ children }: { children: ReactNode }) => (
  <span className="field-affix">{children}</span>
)

type Typed = FieldText & { value: string; onChange: (typed: string) => void }

/** Yuan as they are typed; read them with `parseYuan`. */
export const MoneyField = ({ onChange, ...field }: Typed) => (
  <TextField
    {...field}
    before={<Affix>¥</Affix>}
    inputMode="decimal"
    autoComplete="off"
    maxLength={14}
    onChange={event => onChange(event.target.value)}
  />
)

/** A whole number as it is typed; read it with `parseCount`. */
export const CountField = ({ onChange, after, ...field }: Typed & { after?: string }) => (
  <TextField
    {...field}
    after={after && <Affix>{after}</Affix>}
    inputMode="numeric"
    autoComplete="off"
    maxLength={9}
    onChange={event => onChange(event.target.value)}
  />
)

/** Percent as they are typed; read them with `parsePercent`. */
export const PercentField = ({ onChange, ...field }: Typed) => (
  <TextField
    {...field}
    after={<Affix>%</Affix>}
    inputMode="decimal"
    autoComplete="off"
    maxLength={6}
    onChange={event => onChange(event.target.value)}
  />
)

type WindowFieldsProps = {
  /** `2026-11-22T20:00` in the time of the device, or nothing. */
  startsText: string
  endsText: string
  onChange: (change: { startsText?: string; endsText?: string }) => void
  error?: string | undefined
  /** The start has passed and cannot be moved. */
  startLocked?: boolean
}

/** From when until when. */
export function WindowFields(props: WindowFieldsProps) {
  const { startsText, endsText, onChange, error, startLocked } = props
  const t = useT()
  return (
    <div className="form-pair">
      <TextField
        label={t('fields.starts')}
        type="datetime-local"
        value={startsText}
        disabled={startLocked}
        onChange={event => onChange({ startsText: event.target.value })}
      />
      <TextField
        label={t('fields.ends')}
        type="datetime-local"
        value={endsText}
        min={startsText || localText(new Date())}
        error={error}
        onChange={event => onChange({ endsText: event.target.value })}
      />
    </div>
  )
}
