import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useSignOut } from '@kaibo/ui/session/use-me.ts'
import { Dropdown } from 'antd'
import { useLocation } from 'wouter'
import { useWorkplace } from '../features/account/workplace.tsx'

const signOutKey = 'sign-out'

/** For which shop I work, as what, my other shops, and the way out. */
export function AccountMenu() {
  const t = useT()
  const [, go] = useLocation()
  const { user, shop, shops, choose } = useWorkplace()
  const signOut = useSignOut()
  const name = shop?.name ?? user.nickname
  const role = t(`account.role.${shop?.role ?? 'operator'}`)
  const choices = shops.map(({ id, name: label }) => ({ key: id, label }))
  const pick = (key: string) => {
    if (key === signOutKey) return signOut.run(undefined)
    choose(key)
    go('/')
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          ...(shops.length > 0
            ? [{ type: 'group' as const, label: t('account.shops'), children: choices }]
            : []),
          { type: 'divider' },
          { key: signOutKey, label: t('account.signOut') },
        ],
        selectable: true,
        selectedKeys: shop ? [shop.id] : [],
        onClick: ({ key }) => pick(key),
      }}
    >
      <button type="button" className="account" title={t('account.open', { name })}>
        <Avatar name={name} size={36} />
        <span className="account-words">
          <strong>{name}</strong>
          <small className="k-muted">
            {shop && `${user.nickname} · `}
            {role}
          </small>
        </span>
        <Icon name="chevron" className="account-arrow" />
      </button>
    </Dropdown>
  )
}
