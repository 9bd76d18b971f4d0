import { useT } from '@kaibo/ui/i18n.ts'
import { BottomNav } from '@kaibo/ui/shell/bottom-nav.tsx'
import { useLocation } from 'wouter'

/** The three places of the shop. */
export function MainNav() {
  const t = useT()
  const [path, go] = useLocation()
  return (
    <BottomNav
      onGo={href => go(href)}
      items={[
        { href: '/', icon: 'home', label: t('nav.home'), current: path === '/' },
        {
          href: '/orders',
          icon: 'orders',
          label: t('nav.orders'),
          current: path.startsWith('/orders'),
        },
        { href: '/me', icon: 'user', label: t('nav.me'), current: path.startsWith('/me') },
      ]}
    />
  )
}
