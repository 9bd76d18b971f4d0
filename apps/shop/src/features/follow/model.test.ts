import type { FollowedShop } from '@kaibo/contract/people/follow'
import { expect, test } from 'vitest'
import { isNews, onAirOf, toggled } from './model.ts'

test('a press counts at once, and never below nobody', () => {
  expect(toggled({ isFollowing: false, followerCount: 7 })).toEqual({
    isFollowing: true,
    followerCount: 8,
  })
  expect(toggled({ isFollowing: true, followerCount: 0 })).toEqual({
    isFollowing: false,
    followerCount: 0,
  })
})

test('shops without a room are not on air', () => {
  const followed: FollowedShop = {
    shop: { id: 's', name: '甲店', logoUrl: null },
    followerCount: 1,
    followedAt: '2026-03-01T12:00:00.000Z',
    live: null,
  }
  expect(onAirOf([followed])).toEqual([])
})

test('who is in the room need not be told of it', () => {
  const news = {
    t: 'follow.live',
    liveId: 'a',
    shopId: 's',
    shopName: '甲店',
    title: '春茶',
  } as const
  expect(isNews(news, '/live/a')).toBe(false)
  expect(isNews(news, '/live/b')).toBe(true)
  expect(isNews(news, '/')).toBe(true)
})
