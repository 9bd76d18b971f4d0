import { expect, test } from 'vitest'
import { type Actor, holds, shopsFor } from './policy.ts'

const table = { 'goods.edit': ['owner', 'clerk'], 'shop.close': ['owner'] } as const
type Role = 'owner' | 'clerk' | 'user'
const clerk: Actor<Role> = {
  kind: 'user',
  userId: 'u',
  sessionId: 's',
  roles: ['user', 'clerk', 'owner'],
  shops: [
    { shopId: 'one', role: 'clerk' },
    { shopId: 'two', role: 'owner' },
  ],
}

test('a visitor holds nothing, the system everything', () => {
  expect(holds(table, { kind: 'visitor' }, 'goods.edit')).toBe(false)
  expect(holds(table, { kind: 'system' }, 'shop.close')).toBe(true)
})

test('a role counts only in the shop that gave it', () => {
  expect(shopsFor(table, clerk, 'goods.edit')).toEqual(['one', 'two'])
  expect(shopsFor(table, clerk, 'shop.close')).toEqual(['two'])
})
