import type { Address, NewAddress } from '@kaibo/contract/people/account'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { type ChangeEvent, type FormEvent, useState } from 'react'

type TextName = 'name' | 'detail'

const blank: NewAddress = { name: '', phone: '', regionCode: '', detail: '', isDefault: false }
const required = ['name', 'regionCode', 'detail'] as const
const phonePattern = /^1[3-9]\d{9}$/

/** The fields of an address form; what is wrong shows from the first try to save on. */
export function useAddressFields(known: Address | undefined, onSaved: (address: Address) => void) {
  const t = useT()
  const [id] = useState(() => known?.id ?? newId())
  const [fields, setFields] = useState<NewAddress>(() => fieldsOf(known))
  const [isChecked, setChecked] = useState(false)
  const save = useActionOf(
    (input: NewAddress) =>
      known
        ? api.account.updateAddress({ id, ...input })
        : api.account.addAddress({ id, ...input }),
    { refresh: [['addresses']], onDone: onSaved },
  )
  const set = (patch: Partial<NewAddress>) => setFields(before => ({ ...before, ...patch }))
  const isMissing = (name: (typeof required)[number]) => fields[name].trim() === ''
  const hasPhone = phonePattern.test(fields.phone)
  const errorOf = (name: (typeof required)[number]) =>
    isChecked && isMissing(name) ? t('address.missing') : undefined
  return {
    fields,
    set,
    isSaving: save.busy,
    phoneError: isChecked && !hasPhone ? t('address.phoneWrong') : undefined,
    regionError: errorOf('regionCode'),
    /** Label, value and error of a text field. */
    bind: (name: TextName) => ({
      label: t(`address.${name}`),
      value: fields[name],
      error: errorOf(name),
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

function fieldsOf(known: Address | undefined): NewAddress {
  if (!known) return blank
  const { name, phone, regionCode, detail, isDefault } = known
  return { name, phone, regionCode: regionCode ?? '', detail, isDefault }
}
