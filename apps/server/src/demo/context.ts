import type { Ctx } from '@kaibo/contract/core/handlers'
import type { ShopRole, UserActor } from '@kaibo/contract/core/permissions'
import { demoId } from './accounts.ts'

/** A person of the demo at work in a shop, or for the platform. */
export const actorOf = (
  userId: string,
  shops: { shopId: string; role: ShopRole }[],
  ...platformRoles: 'operator'[]
): UserActor => ({
  kind: 'user',
  userId,
  sessionId: demoId('session'),
  roles: ['user', ...shops.map(shop => shop.role), ...platformRoles],
  shops,
})

/** A call that nobody made over the network. */
export const contextOf = (actor: UserActor): Ctx => ({
  actor,
  requestId: 'demo',
  ip: '127.0.0.1',
  host: 'localhost',
  deviceId: () => demoId('device'),
  idempotencyKey: null,
  setSession: () => {},
})
