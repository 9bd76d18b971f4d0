import { randomBytes } from 'node:crypto'
import type { Ctx } from '@kaibo/contract/core/handlers'
import type { Actor, ShopRole, UserActor } from '@kaibo/contract/core/permissions'
import { createPersonalData, type PersonalData } from '@kaibo/db/crypto'
import type { Database } from '@kaibo/db/database'
import { type Clock, systemClock } from '@kaibo/kernel/clock'
import { type Id, newId } from '@kaibo/kernel/ids'
import { type Account, type AccountNeeds, createAccount } from '@kaibo/modules/account'
import { createFiles, type Files, type StorageProvider } from '@kaibo/modules/files'
import { createShop, type Shops } from '@kaibo/modules/shop'

export const visitor: Actor = { kind: 'visitor' }
export const system: Actor = { kind: 'system' }

/** Somebody signed in, who need not exist in any table; with a role in each of `shops`. */
export function userActor(
  options: { userId?: Id; shops?: readonly { shopId: Id; role: ShopRole }[] } = {},
): UserActor {
  const shops = options.shops ?? []
  const roles = ['user' as const, ...shops.map(shop => shop.role)]
  return { kind: 'user', userId: options.userId ?? newId(), sessionId: newId(), roles, shops }
}

/** The platform's staff. */
export const operatorActor = (): UserActor => ({ ...userActor(), roles: ['user', 'operator'] })

export type Team = { shopId: Id } & Record<ShopRole, UserActor>

/** A shop's people, who need not exist in any table. */
export function shopTeam(shopId: Id = newId()): Team {
  const member = (role: ShopRole) => userActor({ shops: [{ shopId, role }] })
  return {
    shopId,
    owner: member('owner'),
    host: member('host'),
    clerk: member('clerk'),
    assistant: member('assistant'),
    moderator: member('moderator'),
  }
}

/** What a transport hands to a handler for this actor. */
export const ctxOf = (actor: Actor, changes: Partial<Ctx> = {}): Ctx => ({
  actor,
  requestId: newId(),
  ip: '203.0.113.7',
  host: 'localhost:8080',
  idempotencyKey: newId(),
  deviceId: () => 'test-device',
  setSession: () => {},
  ...changes,
})

/** Seals with keys that live as long as the test. */
export const testPersonal = (): PersonalData =>
  createPersonalData({
    current: 'test',
    keys: { test: randomBytes(32) },
    indexKey: randomBytes(32),
  })

/** Keeps files in memory. */
export function memoryStorage(): StorageProvider & { objects: Map<string, Uint8Array> } {
  const objects = new Map<string, Uint8Array>()
  return {
    objects,
    put: async (key, bytes) => {
      objects.set(key, bytes)
    },
    get: async key => objects.get(key) ?? null,
    delete: async key => {
      objects.delete(key)
    },
  }
}

export type SentSms = Parameters<AccountNeeds['sms']['send']>[0]

export type People = {
  account: Account
  shop: Shops
  files: Files
  personal: PersonalData
  /** Every message that was sent, oldest first. */
  sentSms: SentSms[]
  /** A person of the account module with a phone of their own; the actor has no session row. */
  newUser(nickname?: string): Promise<UserActor>
  /** A shop with somebody in every role: real rows, fresh actors. */
  newShop(name?: string): Promise<Team>
}

/** The real account, shop and files modules on a test database, and people made through their faces. */
export function createPeople(
  database: Database,
  options: { clock?: Clock; personal?: PersonalData } = {},
): People {
  const clock = options.clock ?? systemClock
  const personal = options.personal ?? testPersonal()
  const sentSms: SentSms[] = []
  const sms = { send: async (message: SentSms) => void sentSms.push(message) }
  const files = createFiles({ database, storage: memoryStorage() })
  const shop = createShop({ database, files })
  const codeLimits = { perAddressHourMax: 10_000 }
  const account = createAccount({ database, clock, personal, sms, files, shop, codeLimits })

  let peopleCount = 0
  const newUser = async (nickname = '测试用户') => {
    peopleCount += 1
    const phone = `139${String(peopleCount).padStart(8, '0')}`
    const userId = await database.tx(tx => account.ensureUser(tx, { phone, nickname }))
    return userActor({ userId })
  }
  const newShop = async (name = `测试店铺 ${newId().slice(-6)}`) => {
    const owner = await newUser()
    const ownerId = owner.userId
    const shopId = await database.tx(tx => shop.ensureShop(tx, { name, intro: '', ownerId }))
    const member = async (role: ShopRole) => {
      const { userId } = role === 'owner' ? owner : await newUser()
      await database.tx(tx => shop.addMember(tx, { shopId, userId, role }))
      return userActor({ userId, shops: [{ shopId, role }] })
    }
    return {
      shopId,
      owner: await member('owner'),
      host: await member('host'),
      clerk: await member('clerk'),
      assistant: await member('assistant'),
      moderator: await member('moderator'),
    }
  }
  return { account, shop, files, personal, sentSms, newUser, newShop }
}
