import type { Permission } from '@kaibo/contract/permissions'
import type { IconName } from '@kaibo/ui/display/icon.tsx'

export type PlaceId = 'today' | 'orders' | 'products' | 'shop' | 'audit' | 'ledger'
export type Place = {
  id: PlaceId
  href: string
  icon: IconName
  /** What it takes to go there. */
  can: Permission
  of: 'shop' | 'platform'
}

/** Where one can go. */
export const places: readonly Place[] = [
  { id: 'today', href: '/', icon: 'home', can: 'catalog.read', of: 'shop' },
  { id: 'orders', href: '/orders', icon: 'orders', can: 'order.manage', of: 'shop' },
  { id: 'products', href: '/products', icon: 'bag', can: 'catalog.read', of: 'shop' },
  { id: 'shop', href: '/shop', icon: 'settings', can: 'shop.manage', of: 'shop' },
  { id: 'audit', href: '/platform/audit', icon: 'eye', can: 'platform.read', of: 'platform' },
  { id: 'ledger', href: '/platform/ledger', icon: 'check', can: 'platform.read', of: 'platform' },
]

type Worker = { shop: unknown; can: (permission: Permission) => boolean }

/** The places that are open to somebody; those of a shop only to its staff. */
export const placesFor = ({ shop, can }: Worker): Place[] =>
  places.filter(place => can(place.can) && (place.of === 'platform' || shop !== null))

/** Whether the page at `path` belongs to a place. */
export const isAt = (path: string, { href }: Pick<Place, 'href'>): boolean =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
