import type { Id } from '@kaibo/kernel/ids'
import { holds, shopsFor } from '@kaibo/kernel/policy'
import { fail } from './fail.ts'
import { type Actor, type Permission, permissions, type UserActor } from './permissions.ts'

/** The signed-in person. Throws `auth.required` for a visitor. */
export function requireUser(actor: Actor): UserActor {
  if (actor.kind !== 'user') throw fail('auth.required')
  return actor
}

/** Checks a permission by name. Throws `auth.required` or `auth.forbidden`. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (actor.kind === 'visitor') throw fail('auth.required')
  if (!holds(permissions, actor, permission)) throw fail('auth.forbidden')
}

/**
 * Checks that the actor holds `permission` in this very shop: the first line of every use-case of
 * scope `shop`. A shop of others and a shop that does not exist answer alike: `request.not_found`.
 */
export function requireShop(actor: Actor, permission: Permission, shopId: Id): void {
  requirePermission(actor, permission)
  if (actor.kind === 'system') return
  if (!shopsFor(permissions, actor, permission).includes(shopId)) throw fail('request.not_found')
}
