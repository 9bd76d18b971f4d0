import { expect, test } from 'vitest'
import { type Ban, banOf, parsedBans, withBan, withoutBan } from './bans.ts'

const ban: Ban = { shopId: 'a', userId: 'u', until: '2026-03-01T16:00:00.000Z' }
const atMs = Date.parse('2026-03-01T15:00:00.000Z')

test('a browser keeps one ban of a shop, until its end', () => {
  const forGood = { ...ban, until: null }
  const kept = withBan(withBan([], ban), forGood)
  expect(kept).toEqual([forGood])
  const text = JSON.stringify([ban, { ...forGood, shopId: 'b' }])
  expect(parsedBans(text, atMs)).toHaveLength(2)
  expect(parsedBans(text, atMs + 3_600_000)).toEqual([{ ...forGood, shopId: 'b' }])
})

test('a ban that was lifted is forgotten, others stay', () => {
  const kept = withBan(withBan([], ban), { ...ban, shopId: 'b' })
  expect(banOf(withoutBan(kept, 'a'), 'a')).toBeUndefined()
  expect(banOf(withoutBan(kept, 'a'), 'b')).toBeDefined()
})

test('what cannot be read bans nobody', () => {
  for (const text of [null, '{', '{}', '[1]', '[{"shopId":"a","userId":"u"}]'])
    expect(parsedBans(text, atMs)).toEqual([])
})
