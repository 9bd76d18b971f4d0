import type { Permission } from '@kaibo/contract/permissions'
import type { IconName } from '@kaibo/ui/display/icon.tsx'

export type Place = {
  id: 'today' | 'orders' | 'products' | 'shop' | 'audit' | 'ledger'
  href: string
  icon: IconName
  can: Permission
}

/** Where one can go for a shop, and what it takes to go there. */
export const shopPlaces: readonly Place[] = [
  { id: 'today', href: '/', icon: 'home', can: 'catalog.read' },
  { id: 'orders', href: '/orders', icon: 'orders', can: 'order.manage' },
  { id: 'products', href: '/products', icon: 'bag', can: 'catalog.read' },
  { id: 'shop', href: '/shop', icon: 'settings', can: 'shop.manage' },
]

export const platformPlaces: readonly Place[] = [
  { id: 'audit', href: '/platform/audit', icon: 'eye', can: 'platform.read' },
  { id: 'ledger', href: '/platform/ledger', icon: 'check', can: 'platform.read' },
]

/** Whether the page at `path` belongs to a place. */
export const isAt = (path: string, { href }: Pick<Place, 'href'>): boolean =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
