import { expect, test } from 'vitest'
import { isHost } from './model.ts'

const member = (role: 'owner' | 'host' | 'clerk' | 'moderator') => ({ id: '1', name: '茶铺', role })

test('owners and hosts of a shop may go live, others may not', () => {
  expect(isHost([member('clerk'), member('owner')])).toBe(true)
  expect(isHost([member('host')])).toBe(true)
  expect(isHost([member('clerk'), member('moderator')])).toBe(false)
  expect(isHost([])).toBe(false)
})
