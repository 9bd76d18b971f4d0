import type { PatrolRoom } from '@kaibo/contract/media/patrol'
import { expect, test } from 'vitest'
import { ageSec, labelKey, stepOnWall, wallOrder } from './model.ts'

const room = (id: string, risk: number, startedAt: string): PatrolRoom => ({
  live: {
    id,
    title: id,
    coverUrl: null,
    category: 'tea',
    state: 'live',
    host: { id: 'host', nickname: '', avatarUrl: null },
    shopName: '',
    onlineCount: 0,
    startedAt,
  },
  shopId: 'shop',
  risk,
  picture: null,
  findings: [],
  openAlertCount: 0,
  pace: 'usual',
  isPinned: false,
  verdictCount: 0,
})

test('rooms stand by their band of risk, and within it where they were', () => {
  const rooms = [room('a', 5, '10:02'), room('b', 70, '10:03'), room('c', 30, '10:01')]
  const ids = (of: PatrolRoom[]) => wallOrder(of).map(({ live }) => live.id)
  expect(ids([...rooms, room('d', 99, '10:04'), room('e', 0, '10:00')])).toEqual([
    ...['b', 'd', 'c', 'e', 'a'],
  ])
  expect(ids([room('b', 60, '10:03'), room('d', 100, '10:04')])).toEqual(['b', 'd'])
})

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowDown', 1, 4],
  ['ArrowUp', 4, 1],
  ['ArrowUp', 1, 1],
  ['ArrowRight', 6, 6],
  ['ArrowLeft', 0, 0],
  ['Home', 5, 0],
  ['End', 0, 6],
  ['x', 2, null],
])('on a wall of three columns and seven rooms %s leads from %i to %o', (key, at, to) => {
  expect(stepOnWall(key, { at, count: 7, columns: 3 })).toBe(to)
})

test('an empty wall leads nowhere', () => {
  expect(stepOnWall('ArrowDown', { at: 0, count: 0, columns: 3 })).toBeNull()
})

test('what a reviewer calls its own way is shown as it is', () => {
  expect([labelKey('black_picture'), labelKey('my_model_says')]).toEqual([
    'patrol.label.black_picture',
    null,
  ])
})

test('the age of a picture is counted by the server, and never negative', () => {
  const now = '2026-11-22T10:00:10.000Z'
  expect([
    ageSec('2026-11-22T10:00:04.600Z', now),
    ageSec('2026-11-22T10:00:11.000Z', now),
  ]).toEqual([5, 0])
})
