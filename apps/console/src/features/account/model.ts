import {
  type Permission,
  permissions,
  type Role,
  shopRoles,
} from '@kaibo/contract/core/permissions'
import type { Me } from '@kaibo/contract/people/account'

/** A shop that somebody works for, and as what. */
export type MyShop = Me['shops'][number]
type User = NonNullable<Me['user']>

const rolesWith: Readonly<Record<Permission, readonly Role[]>> = permissions
const rolesOfShops: readonly Role[] = shopRoles

/**
 * Whether somebody may do something while working for `shop`, by the table that the server
 * enforces. What they are in another shop counts nothing here.
 */
export function mayDo(
  person: { user: Pick<User, 'roles'>; shop: Pick<MyShop, 'role'> | null },
  permission: Permission,
): boolean {
  const { user, shop } = person
  const held = user.roles.filter(role => !rolesOfShops.includes(role))
  return rolesWith[permission].some(role => role === shop?.role || held.includes(role))
}

/** The shop that was chosen last, as long as it is still theirs; else the first; else none. */
export const shopToWorkFor = (shops: readonly MyShop[], chosenId: string | null): MyShop | null =>
  shops.find(shop => shop.id === chosenId) ?? shops[0] ?? null
