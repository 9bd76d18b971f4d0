import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useMe, useSignOut } from '@kaibo/ui/session/use-me.ts'
import { useState } from 'react'
import { useMyShops } from './my-shop.tsx'
import './account.css'

/** Who I am, for which shop I work, and the way out. */
export function AccountButton() {
  const t = useT()
  const { user } = useMe()
  const { shop, shops, choose } = useMyShops()
  const signOut = useSignOut()
  const [isOpen, setOpen] = useState(false)
  const nickname = user?.nickname ?? ''
  return (
    <>
      <button
        type="button"
        className="account-button"
        aria-label={t('account.open', { name: nickname })}
        onClick={() => setOpen(true)}
      >
        <Avatar name={nickname} src={user?.avatarUrl} size={32} />
        <span className="account-shop">{shop.name}</span>
      </button>
      <Sheet open={isOpen} onClose={() => setOpen(false)} title={t('account.title')} side="end">
        <div className="k-stack">
          <div className="k-row" style={{ '--gap': 'var(--space-3)' }}>
            <Avatar name={nickname} src={user?.avatarUrl} size={48} />
            <div>
              <strong>{nickname}</strong>
              <p className="k-muted k-num">{user?.phoneMasked}</p>
            </div>
          </div>
          <Choices
            label={t('account.shop')}
            options={shops.map(({ id, name }) => ({ value: id, label: name }))}
            value={shop.id}
            onChange={choose}
          />
          <Button wide busy={signOut.busy} onClick={() => signOut.run(undefined)}>
            {t('account.signOut')}
          </Button>
        </div>
      </Sheet>
    </>
  )
}
