import type { Address } from '@kaibo/contract/account'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextareaField, TextField } from '@kaibo/ui/control/field.tsx'
import { PhoneField } from '@kaibo/ui/control/phone-field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import './me.css'
import { useAddressFields } from './use-address-fields.ts'

type AddressFormProps = {
  known?: Address
  onSaved: (address: Address) => void
  onCancel?: () => void
}

/** A new or changed address. */
export function AddressForm({ known, onSaved, onCancel }: AddressFormProps) {
  const t = useT()
  const { fields, set, bind, phoneError, submit, isSaving } = useAddressFields(known, onSaved)
  return (
    <form
      className="address-form"
      onSubmit={submit}
      noValidate
      aria-label={t(known ? 'address.change' : 'address.add')}
    >
      <div className="address-person">
        <TextField {...bind('name')} autoComplete="name" maxLength={40} />
        <PhoneField value={fields.phone} onChange={phone => set({ phone })} error={phoneError} />
      </div>
      <div className="address-region">
        <TextField {...bind('province')} autoComplete="address-level1" maxLength={20} />
        <TextField {...bind('city')} autoComplete="address-level2" maxLength={20} />
        <TextField {...bind('district')} autoComplete="address-level3" maxLength={20} optional />
      </div>
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
        <Button type="submit" tone="primary" busy={isSaving}>
          {t('address.save')}
        </Button>
      </div>
    </form>
  )
}
