import { TextField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'

type NameFieldsProps = {
  name: string
  /** Left out where people of one shop read it only. */
  nameEn?: string
  onChange: (change: { name?: string; nameEn?: string }) => void
  nameMax?: number
}

/** What something is called, in both languages of the product. */
export function NameFields({ name, nameEn, onChange, nameMax = 40 }: NameFieldsProps) {
  const t = useT()
  return (
    <>
      <TextField
        label={t('goods.name')}
        value={name}
        maxLength={nameMax}
        required
        onChange={event => onChange({ name: event.target.value })}
      />
      {nameEn !== undefined && (
        <TextField
          label={t('goods.nameEn')}
          optional
          value={nameEn}
          maxLength={40}
          onChange={event => onChange({ nameEn: event.target.value })}
        />
      )}
    </>
  )
}
