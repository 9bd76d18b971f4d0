import type { Address } from '@kaibo/contract/account'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { type ChangeEvent, type FormEvent, useState } from 'react'

type Fields = Omit<Address, 'id'>
type TextName = 'name' | 'province' | 'city' | 'district' | 'detail'

const blank: Fields = {
  name: '',
  phone: '',
  province: '',
  city: '',
  district: '',
  detail: '',
  isDefault: false,
}
const required: readonly TextName[] = ['name', 'province', 'city', 'detail']
const phonePattern = /^1[3-9]\d{9}$/

/** The fields of an address form; what is wrong shows from the first try to save on. */
export function useAddressFields(known: Address | undefined, onSaved: (address: Address) => void) {
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
  const set = (patch: Partial<Fields>) => setFields(before => ({ ...before, ...patch }))
  const isMissing = (name: TextName) => required.includes(name) && fields[name].trim() === ''
  const hasPhone = phonePattern.test(fields.phone)
  return {
    fields,
    set,
    isSaving: save.busy,
    phoneError: isChecked && !hasPhone ? t('address.phoneWrong') : undefined,
    /** Label, value and error of a text field. */
    bind: (name: TextName) => ({
      label: t(`address.${name}`),
      value: fields[name],
      error: isChecked && isMissing(name) ? t('address.missing') : undefined,
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
        set({ [name]: event.target.value }),
    }),
    submit(event: FormEvent) {
      event.preventDefault()
      setChecked(true)
      if (hasPhone && !required.some(isMissing)) save.run(fields)
    },
  }
}

function fieldsOf(known: Address | undefined): Fields {
  if (!known) return blank
  const { id: _, ...fields } = known
  return fields
}
