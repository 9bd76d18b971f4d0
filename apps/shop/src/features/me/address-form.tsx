import type { Address } from '@kaibo/contract/account'
import { newId } from '@kaibo/kernel/ids'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextareaField, TextField } from '@kaibo/ui/control/field.tsx'
import { PhoneField } from '@kaibo/ui/control/phone-field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { type FormEvent, useState } from 'react'

type Fields = Omit<Address, 'id'>
type AddressFormProps = {
  known?: Address
  onSaved: (address: Address) => void
  onCancel?: () => void
}

const blank: Fields = {
  name: '',
  phone: '',
  province: '',
  city: '',
  district: '',
  detail: '',
  isDefault: false,
}
const phonePattern = /^1[3-9]\d{9}$/

/** A new or changed address. */
export function AddressForm({ known, onSaved, onCancel }: AddressFormProps) {
  const t = useT()
  const [id] = useState(() => known?.id ?? newId())
  const [fields, setFields] = useState<Fields>(() => fieldsOf(known))
  const [isChecked, setChecked] = useState(false)
  const save = useActionOf(
    (input: Fields) =>
      known
        ? api.account.updateAddress({ id, ...input })
        : api.account.addAddress({ id, ...input }),
    { refresh: [['addresses']], onDone: onSaved },
  )
  const missing = (name: 'name' | 'province' | 'city' | 'detail') =>
    isChecked && fields[name].trim() === '' ? t('address.missing') : undefined
  const set = (patch: Partial<Fields>) => setFields(before => ({ ...before, ...patch }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    const isFilled = [fields.name, fields.province, fields.city, fields.detail].every(
      text => text.trim() !== '',
    )
    if (isFilled && phonePattern.test(fields.phone)) save.run(fields)
  }
  return (
    <form
      className="address-form k-stack"
      onSubmit={submit}
      noValidate
      aria-label={t('address.add')}
    >
      <TextField
        label={t('address.name')}
        autoComplete="name"
        maxLength={40}
        value={fields.name}
        error={missing('name')}
        onChange={event => set({ name: event.target.value })}
      />
      <PhoneField
        value={fields.phone}
        onChange={phone => set({ phone })}
        error={isChecked && !phonePattern.test(fields.phone) ? t('address.phoneWrong') : undefined}
      />
      <div className="address-region">
        <TextField
          label={t('address.province')}
          autoComplete="address-level1"
          maxLength={20}
          value={fields.province}
          error={missing('province')}
          onChange={event => set({ province: event.target.value })}
        />
        <TextField
          label={t('address.city')}
          autoComplete="address-level2"
          maxLength={20}
          value={fields.city}
          error={missing('city')}
          onChange={event => set({ city: event.target.value })}
        />
        <TextField
          label={t('address.district')}
          autoComplete="address-level3"
          maxLength={20}
          value={fields.district}
          optional
          onChange={event => set({ district: event.target.value })}
        />
      </div>
      <TextareaField
        label={t('address.detail')}
        autoComplete="street-address"
        rows={2}
        maxLength={120}
        value={fields.detail}
        error={missing('detail')}
        onChange={event => set({ detail: event.target.value })}
      />
      <label className="address-default">
        <input
          type="checkbox"
          checked={fields.isDefault}
          onChange={event => set({ isDefault: event.target.checked })}
        />
        {t('address.default')}
      </label>
      <div className="k-row">
        <Button type="submit" tone="primary" busy={save.busy}>
          {t('address.save')}
        </Button>
        {onCancel && (
          <Button tone="plain" onClick={onCancel}>
            {t('address.cancel')}
          </Button>
        )}
      </div>
    </form>
  )
}

function fieldsOf(known: Address | undefined): Fields {
  if (!known) return blank
  const { id: _, ...fields } = known
  return fields
}
