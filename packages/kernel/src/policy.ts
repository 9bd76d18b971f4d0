import type { Id } from './ids.ts'

/** Who acts: a visitor, a signed-in person, or the system itself (jobs, callbacks). */
export type Actor<Role extends string = string> =
  | { readonly kind: 'visitor' }
  | { readonly kind: 'system' }
  | {
      readonly kind: 'user'
      readonly userId: Id
      readonly sessionId: Id
      /** Every role held, memberships included; `user` is always among them. */
      readonly roles: readonly Role[]
      /** The shops in which a role is held. */
      readonly shops: readonly { readonly shopId: Id; readonly role: Role }[]
    }

export type UserActor<Role extends string = string> = Extract<Actor<Role>, { kind: 'user' }>

/** permission → roles that hold it: enumerable, so the matrix test and the admin page come from it. */
export type PolicyTable<P extends string, R extends string> = Readonly<Record<P, readonly R[]>>

/** Whether the actor holds the permission at all; which rows it may touch is a question of scope. */
export function holds<P extends string, R extends string>(
  table: PolicyTable<P, R>,
  actor: Actor<R>,
  permission: P,
): boolean {
  if (actor.kind === 'system') return true
  if (actor.kind === 'visitor') return false
  return table[permission].some(role => actor.roles.includes(role))
}

/** The shops for which the actor holds the permission through a membership. */
export function shopsFor<P extends string, R extends string>(
  table: PolicyTable<P, R>,
  actor: Actor<R>,
  permission: P,
): Id[] {
  if (actor.kind !== 'user') return []
  return actor.shops.filter(shop => table[permission].includes(shop.role)).map(shop => shop.shopId)
}
