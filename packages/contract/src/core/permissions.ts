import type {
  Actor as KernelActor,
  UserActor as KernelUserActor,
  PolicyTable,
} from '@kaibo/kernel/policy'

/** Memberships of one shop: who hosts, who ships, who runs the control desk 助理, who keeps order 房管. */
export const shopRoles = ['owner', 'host', 'clerk', 'assistant', 'moderator'] as const
export type ShopRole = (typeof shopRoles)[number]

/** user = anybody signed in · roles in a shop · operator = the platform's staff. */
export const roles = ['user', ...shopRoles, 'operator'] as const
export type Role = (typeof roles)[number]

/** Who may do what. Default deny: a permission that is not listed does not exist. */
export const permissions = {
  'account.self': ['user'],
  'file.upload': ['user'],
  'shop.open': ['user'],
  'shop.manage': ['owner'],
  'catalog.read': ['owner', 'host', 'clerk', 'assistant'],
  'catalog.manage': ['owner', 'clerk'],
  'stock.manage': ['owner', 'clerk'],
  'order.buy': ['user'],
  'order.manage': ['owner', 'clerk'],
  'order.reveal': ['owner', 'clerk'],
  'promotion.manage': ['owner', 'clerk'],
  'ledger.read': ['owner'],
  'live.host': ['owner', 'host'],
  'live.read': ['owner', 'host', 'assistant'],
  'room.assist': ['owner', 'host', 'assistant'],
  'room.moderate': ['owner', 'host', 'assistant', 'moderator'],
  'wordlist.manage': ['owner', 'host'],
  'chat.send': ['user'],
  'showcase.manage': ['owner', 'host', 'assistant'],
  'platform.read': ['operator'],
  'platform.manage': ['operator'],
} as const satisfies PolicyTable<string, Role>

export type Permission = keyof typeof permissions
export type Actor = KernelActor<Role>
export type UserActor = KernelUserActor<Role>
