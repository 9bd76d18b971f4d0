import { useT } from '@kaibo/ui/i18n.ts'
import { BottomNav } from '@kaibo/ui/shell/bottom-nav.tsx'
import { useLocation } from 'wouter'
import { useCartCount } from '../features/cart/use-count.ts'
import './shell.css'

/** The places of the shop. */
export function MainNav() {
  const t = useT()
  const [path, go] = useLocation()
  const cartCount = useCartCount()
  return (
    <BottomNav
      onGo={href => go(href)}
      items={[
        { href: '/', icon: 'home', label: t('nav.home'), current: path === '/' },
        {
          href: '/mall',
          icon: 'bag',
          label: t('nav.mall'),
          current: path === '/mall' || path.startsWith('/category'),
        },
        {
          href: '/cart',
          icon: 'cart',
          label: t('nav.cart'),
          current: path === '/cart',
          badge: cartCount > 0 && <span className="nav-count">{Math.min(cartCount, 99)}</span>,
        },
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
