import type { Address } from '@kaibo/contract/people/account'
import { Button, IconButton } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { List, ListItem } from '@kaibo/ui/display/list.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { Trouble } from '../../shell/trouble.tsx'
import { useLast } from '../../shell/use-last.ts'
import { usePageTitle } from '../../shell/use-page-title.ts'
import { SignInPage } from '../sign-in/page.tsx'
import './address.css'
import { AddressForm } from './form.tsx'
import { addressText } from './model.ts'

/** The address book. */
export function AddressesPage() {
  const t = useT()
  const { user } = useMe()
  const [, go] = useLocation()
  const [edited, setEdited] = useState<Address | 'new' | null>(null)
  const [leaving, setLeaving] = useState<Address | null>(null)
  const book = useQueryOf(['addresses'], () => api.account.addresses(), { enabled: Boolean(user) })
  usePageTitle(t('address.title'))
  if (user === null) return <SignInPage title={t('address.title')} />
  const items = book.data?.items
  return (
    <Page bar={<AppBar title={t('address.title')} onBack={() => go('/me')} />}>
      <div className="k-stack">
        {book.error && !items && (
          <Trouble error={book.error} onRetry={() => void book.refetch()} busy={book.isFetching} />
        )}
        {!items && !book.error && <SkeletonList rows={3} />}
        {items?.length === 0 && <Empty icon="truck" title={t('address.none')} />}
        {items && items.length > 0 && (
          <List label={t('address.title')} inset>
            {items.map(address => (
              <AddressItem
                key={address.id}
                address={address}
                onEdit={() => setEdited(address)}
                onRemove={() => setLeaving(address)}
              />
            ))}
          </List>
        )}
        <Button tone="primary" size="l" wide icon="plus" onClick={() => setEdited('new')}>
          {t('address.add')}
        </Button>
      </div>
      <EditSheet edited={edited} onClose={() => setEdited(null)} />
      <RemoveDialog address={leaving} onClose={() => setLeaving(null)} />
    </Page>
  )
}

type AddressItemProps = { address: Address; onEdit: () => void; onRemove: () => void }

function AddressItem({ address, onEdit, onRemove }: AddressItemProps) {
  const t = useT()
  return (
    <ListItem
      title={
        <span className="address-title">
          {address.name} <span className="k-num">{address.phone}</span>
          {address.isDefault && <Badge tone="accent">{t('address.isDefault')}</Badge>}
        </span>
      }
      body={
        <>
          {addressText(address)}
          {address.regionCode === null && (
            <span className="address-mend"> {t('address.mend')}</span>
          )}
        </>
      }
      trail={
        <>
          <Button size="s" tone="plain" onClick={onEdit}>
            {t('address.edit')}
          </Button>
          <IconButton
            icon="close"
            label={t('address.remove', { name: address.name })}
            onClick={onRemove}
          />
        </>
      }
    />
  )
}

function EditSheet({ edited, onClose }: { edited: Address | 'new' | null; onClose: () => void }) {
  const t = useT()
  const shown = useLast(edited)
  const known = shown === 'new' || shown === null ? undefined : shown
  return (
    <Sheet
      open={edited !== null}
      onClose={onClose}
      title={t(known ? 'address.change' : 'address.add')}
      side="end"
    >
      <AddressForm key={known?.id ?? 'new'} {...(known ? { known } : {})} onSaved={onClose} />
    </Sheet>
  )
}

function RemoveDialog({ address, onClose }: { address: Address | null; onClose: () => void }) {
  const t = useT()
  const shown = useLast(address)
  const remove = useActionOf(api.account.removeAddress, {
    refresh: [['addresses']],
    onDone: onClose,
  })
  return (
    <Dialog
      open={address !== null}
      onClose={onClose}
      onConfirm={() => address && remove.run({ id: address.id })}
      title={t('address.removeAsk')}
      confirmLabel={t('address.removeYes')}
      tone="danger"
      busy={remove.busy}
    >
      {shown && addressText(shown)}
    </Dialog>
  )
}
