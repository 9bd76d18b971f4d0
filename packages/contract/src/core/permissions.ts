import type {
  Actor as KernelActor,
  UserActor as KernelUserActor,
  PolicyTable,
} from '@kaibo/kernel/policy'

/** user = anybody signed in · owner, host, clerk = membership of one shop · operator = the platform's staff. */
export const roles = ['user', 'owner', 'host', 'clerk', 'operator'] as const
export type Role = (typeof roles)[number]
export type ShopRole = Extract<Role, 'owner' | 'host' | 'clerk'>

/** Who may do what. Default deny: a permission that is not listed does not exist. */
export const permissions = {
  'account.self': ['user'],
  'file.upload': ['user'],
  'shop.open': ['user'],
  'shop.manage': ['owner'],
  'catalog.read': ['owner', 'host', 'clerk'],
  'catalog.manage': ['owner', 'clerk'],
  'stock.manage': ['owner', 'clerk'],
  'order.buy': ['user'],
  'order.manage': ['owner', 'clerk'],
  'order.reveal': ['owner', 'clerk'],
  'promotion.manage': ['owner', 'clerk'],
  'ledger.read': ['owner'],
  'live.host': ['owner', 'host'],
  'chat.send': ['user'],
  'showcase.manage': ['owner', 'host'],
  'platform.read': ['operator'],
  'platform.manage': ['operator'],
} as const satisfies PolicyTable<string, Role>

export type Permission = keyof typeof permissions
export type Actor = KernelActor<Role>
export type UserActor = KernelUserActor<Role>
