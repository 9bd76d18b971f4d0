import type { Address } from '@kaibo/contract/account'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { List, ListItem } from '@kaibo/ui/display/list.tsx'
import { Empty, ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { SignInPage } from '../../shell/sign-in-page.tsx'
import { addressText } from '../checkout/model.ts'
import { AddressForm } from './address-form.tsx'

/** The address book. */
export function AddressesPage() {
  const t = useT()
  const { user } = useMe()
  const [, go] = useLocation()
  const [edited, setEdited] = useState<Address | 'new' | null>(null)
  const book = useQueryOf(['addresses'], () => api.account.addresses(), { enabled: Boolean(user) })
  const remove = useActionOf(api.account.removeAddress, { refresh: [['addresses']] })
  if (user === null) return <SignInPage title={t('address.title')} />
  const items = book.data?.items
  return (
    <Page bar={<AppBar title={t('address.title')} onBack={() => go('/me')} />}>
      {book.error && !items && (
        <ErrorState onRetry={() => void book.refetch()}>{book.error.message}</ErrorState>
      )}
      {!items && !book.error && <SkeletonList rows={3} />}
      {items?.length === 0 && <Empty icon="truck" title={t('address.none')} />}
      <List label={t('address.title')}>
        {items?.map(address => (
          <ListItem
            key={address.id}
            title={
              <>
                {address.name} {address.phone}{' '}
                {address.isDefault && <Badge tone="accent">{t('address.isDefault')}</Badge>}
              </>
            }
            body={addressText(address)}
            trail={
              <>
                <Button size="s" tone="plain" onClick={() => setEdited(address)}>
                  {t('address.edit')}
                </Button>
                <IconButton
                  icon="close"
                  label={t('address.remove', { name: address.name })}
                  onClick={() => remove.run({ id: address.id })}
                />
              </>
            }
          />
        ))}
      </List>
      <Button tone="primary" wide icon="plus" onClick={() => setEdited('new')}>
        {t('address.add')}
      </Button>
      <Sheet open={edited !== null} onClose={() => setEdited(null)} title={t('address.title')}>
        {edited && (
          <AddressForm
            key={edited === 'new' ? 'new' : edited.id}
            {...(edited === 'new' ? {} : { known: edited })}
            onSaved={() => setEdited(null)}
          />
        )}
      </Sheet>
    </Page>
  )
}
