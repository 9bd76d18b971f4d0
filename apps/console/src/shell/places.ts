import type { Permission } from '@kaibo/contract/core/permissions'
import type { IconName } from '@kaibo/ui/display/icon.tsx'

/** How places stand together in the navigation; `platform` needs no shop. */
export const placeGroups = ['work', 'goods', 'marketing', 'shop', 'platform'] as const
export type PlaceGroup = (typeof placeGroups)[number]

export type Place = {
  /** Names it in the navigation: `nav.<id>`. */
  id: string
  href: string
  icon: IconName
  /** What it takes to go there. */
  can: Permission
  group: PlaceGroup
}

/** Where one can go, group by group; the first ones stand at the bottom of a phone. */
export const places = [
  { id: 'today', href: '/', icon: 'home', can: 'catalog.read', group: 'work' },
  { id: 'orders', href: '/orders', icon: 'orders', can: 'order.manage', group: 'work' },
  { id: 'products', href: '/products', icon: 'bag', can: 'catalog.read', group: 'goods' },
  { id: 'tags', href: '/tags', icon: 'tag', can: 'catalog.read', group: 'goods' },
  { id: 'documents', href: '/documents', icon: 'check', can: 'catalog.read', group: 'goods' },
  { id: 'stock', href: '/stock', icon: 'box', can: 'catalog.read', group: 'goods' },
  { id: 'virtual', href: '/virtual', icon: 'ticket', can: 'stock.manage', group: 'goods' },
  {
    id: 'promotions',
    href: '/promotions',
    icon: 'percent',
    can: 'promotion.manage',
    group: 'marketing',
  },
  { id: 'freight', href: '/freight', icon: 'truck', can: 'catalog.manage', group: 'shop' },
  { id: 'coupons', href: '/coupons', icon: 'gift', can: 'promotion.manage', group: 'marketing' },
  { id: 'flash', href: '/flash-sales', icon: 'bolt', can: 'promotion.manage', group: 'marketing' },
  { id: 'words', href: '/words', icon: 'chat', can: 'wordlist.manage', group: 'shop' },
  { id: 'shop', href: '/shop', icon: 'settings', can: 'shop.manage', group: 'shop' },
  {
    id: 'patrol',
    href: '/platform/patrol',
    icon: 'live',
    can: 'platform.manage',
    group: 'platform',
  },
  {
    id: 'platformCoupons',
    href: '/platform/coupons',
    icon: 'gift',
    can: 'platform.manage',
    group: 'platform',
  },
  {
    id: 'reviews',
    href: '/platform/reviews',
    icon: 'check',
    can: 'platform.manage',
    group: 'platform',
  },
  {
    id: 'documentQueue',
    href: '/platform/documents',
    icon: 'check',
    can: 'platform.manage',
    group: 'platform',
  },
  {
    id: 'categories',
    href: '/platform/categories',
    icon: 'grid',
    can: 'platform.manage',
    group: 'platform',
  },
  {
    id: 'brands',
    href: '/platform/brands',
    icon: 'star',
    can: 'platform.manage',
    group: 'platform',
  },
  {
    id: 'documentTypes',
    href: '/platform/document-types',
    icon: 'tag',
    can: 'platform.manage',
    group: 'platform',
  },
  {
    id: 'takeRates',
    href: '/platform/take-rates',
    icon: 'percent',
    can: 'platform.manage',
    group: 'platform',
  },
  {
    id: 'points',
    href: '/platform/points',
    icon: 'star',
    can: 'platform.manage',
    group: 'platform',
  },
  {
    id: 'platformWords',
    href: '/platform/words',
    icon: 'chat',
    can: 'platform.manage',
    group: 'platform',
  },
  {
    id: 'recordings',
    href: '/platform/recordings',
    icon: 'camera',
    can: 'platform.manage',
    group: 'platform',
  },
  { id: 'audit', href: '/platform/audit', icon: 'eye', can: 'platform.read', group: 'platform' },
  {
    id: 'ledger',
    href: '/platform/ledger',
    icon: 'check',
    can: 'platform.read',
    group: 'platform',
  },
] as const satisfies readonly Place[]
export type PlaceId = (typeof places)[number]['id']

type Worker = { shop: unknown; can: (permission: Permission) => boolean }

/** The places that are open to somebody; those of a shop only to its staff. */
export const placesFor = ({ shop, can }: Worker): readonly (Place & { id: PlaceId })[] =>
  places.filter(place => can(place.can) && (place.group === 'platform' || shop !== null))

/** Whether the page at `path` belongs to a place. */
export const isAt = (path: string, { href }: Pick<Place, 'href'>): boolean =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
