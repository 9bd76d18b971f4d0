import type { Address } from '@kaibo/contract/people/account'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextareaField, TextField } from '@kaibo/ui/control/field.tsx'
import { PhoneField } from '@kaibo/ui/control/phone-field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { RegionFields } from '@kaibo/ui/region/region-fields.tsx'
import './address.css'
import { AddressPaste } from './paste.tsx'
import { useAddressFields } from './use-fields.ts'

type AddressFormProps = {
  known?: Address
  onSaved: (address: Address) => void
  onCancel?: () => void
}

/** A new or changed address. */
export function AddressForm({ known, onSaved, onCancel }: AddressFormProps) {
  const t = useT()
  const form = useAddressFields(known, onSaved)
  const { fields, set, bind } = form
  return (
    <form
      className="address-form"
      onSubmit={form.submit}
      noValidate
      aria-label={t(known ? 'address.change' : 'address.add')}
    >
      {!known && <AddressPaste onRead={set} />}
      <div className="address-person">
        <TextField {...bind('name')} autoComplete="name" maxLength={40} />
        <PhoneField
          value={fields.phone}
          onChange={phone => set({ phone })}
          error={form.phoneError}
        />
      </div>
      <RegionFields
        value={fields.regionCode}
        onChange={regionCode => set({ regionCode })}
        error={form.regionError}
      />
      <TextareaField {...bind('detail')} autoComplete="street-address" rows={2} maxLength={120} />
      <Switch
        label={t('address.default')}
        checked={fields.isDefault}
        onChange={isDefault => set({ isDefault })}
      />
      <div className="address-buttons">
        {onCancel && (
          <Button tone="quiet" onClick={onCancel}>
            {t('address.cancel')}
          </Button>
        )}
        <Button type="submit" tone="primary" busy={form.isSaving}>
          {t('address.save')}
        </Button>
      </div>
    </form>
  )
}
