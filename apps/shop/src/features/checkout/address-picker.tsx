import type { Address } from '@kaibo/contract/people/account'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { List, ListItem } from '@kaibo/ui/display/list.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { AddressForm } from '../address/form.tsx'
import { addressText } from '../address/model.ts'

type AddressPickerProps = {
  addresses: readonly Address[]
  chosen: Address | undefined
  onChoose: (id: string) => void
  /** Why nothing goes there. */
  refusal: string | undefined
}

/** The chosen address; opened, the others and a form for a new one. */
export function AddressPicker({ addresses, chosen, onChoose, refusal }: AddressPickerProps) {
  const t = useT()
  const [mode, setMode] = useState<'closed' | 'list' | 'new'>('closed')
  const choose = (id: string) => {
    onChoose(id)
    setMode('closed')
  }
  if (mode === 'new' || !chosen) {
    return (
      <section className="k-card checkout-address">
        <AddressForm
          onSaved={address => choose(address.id)}
          {...(chosen ? { onCancel: () => setMode('closed') } : {})}
        />
      </section>
    )
  }
  if (mode === 'list') {
    return (
      <div className="k-stack">
        <List label={t('address.title')} inset>
          {addresses.map(address => (
            <ListItem
              key={address.id}
              title={`${address.name} ${address.phone}`}
              body={addressText(address)}
              current={address.id === chosen.id}
              onPress={() => choose(address.id)}
            />
          ))}
        </List>
        <Button tone="quiet" icon="plus" wide onClick={() => setMode('new')}>
          {t('address.add')}
        </Button>
      </div>
    )
  }
  return (
    <List label={t('address.title')} inset>
      <ListItem
        lead={
          <span className="checkout-pin">
            <Icon name="location" />
          </span>
        }
        title={`${chosen.name} ${chosen.phone}`}
        body={
          <>
            {addressText(chosen)}
            {refusal && (
              <span className="checkout-warning" role="alert">
                <Icon name="warning" /> {refusal}
              </span>
            )}
          </>
        }
        trail={<Icon name="chevron" />}
        onPress={() => setMode('list')}
      />
    </List>
  )
}
