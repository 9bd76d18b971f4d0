import { type Permission, permissions, type Role } from '@kaibo/contract/core/permissions'
import type { Me } from '@kaibo/contract/people/account'

/** A shop that somebody works for, and as what. */
export type MyShop = Me['shops'][number]

const rolesWith: Readonly<Record<Permission, readonly Role[]>> = permissions

/** Whether a member of a shop may do something there, by the table that the server enforces. */
export const may = (shop: Pick<MyShop, 'role'>, permission: Permission): boolean =>
  rolesWith[permission].includes(shop.role)

/** The shops in whose rooms somebody has a place: as a host, at the desk, or to keep order. */
export const deskShops = (shops: readonly MyShop[]): MyShop[] =>
  shops.filter(shop => may(shop, 'room.moderate'))

/** The shop that was chosen last, as long as it is still theirs; else the first. */
export const currentShop = (
  shops: readonly MyShop[],
  chosenId: string | null,
): MyShop | undefined => shops.find(shop => shop.id === chosenId) ?? shops[0]
