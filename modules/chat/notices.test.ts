import { type OrderMoved, orderPaid } from '@kaibo/contract/trade/order'
import { manualClock, minuteMs } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { fen } from '@kaibo/kernel/money'
import { testDatabase } from '@kaibo/testkit/database'
import { createPeople } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'
import { createNotices } from './notices.ts'

const { database } = await testDatabase()
const { account, newUser } = createPeople(database)
const clock = manualClock(new Date('2026-11-22T08:00:00Z'))

function newBoard() {
  const told: Parameters<Parameters<typeof createNotices>[0]['say']>[] = []
  const say = (...notice: (typeof told)[number]) => void told.push(notice)
  const notices = createNotices({ database, clock, account, say })
  const buy = async (buyerId: string, source: OrderMoved['source']) => {
    const consumer = must(notices.subscribers[0], 'a subscriber')
    expect(consumer.event).toBe(orderPaid.name)
    const order = { orderId: newId(), buyerId, shopId: newId(), state: 'paid', payableFen: fen(1) }
    await database.tx(tx => consumer.handle(tx, { ...order, source }, newId()))
  }
  return { notices, told, buy }
}

const none = { count: 0, names: [] }

test('who comes at once is one line, with the first names masked', async () => {
  const { notices, told } = newBoard()
  const liveId = newId()
  const people = await Promise.all(['小林', 'Ann', '\u202e👩‍👩‍👧家', '阿宁', '阿岚'].map(newUser))
  for (const { userId } of people) notices.joined({ liveId, userId })
  await notices.flush()
  const joined = { count: 5, names: ['小**', 'A**', '👩‍👩‍👧**'] }
  expect(told).toEqual([[liveId, { t: 'room.notice', joined, bought: none }]])
  await notices.flush()
  expect(told).toHaveLength(1)
})

test('who only reconnects is not told again, but another day is', async () => {
  const { notices, told } = newBoard()
  const entry = { liveId: newId(), userId: (await newUser('小林')).userId }
  notices.joined(entry)
  await notices.flush()
  clock.advanceMs(9 * minuteMs)
  notices.joined(entry)
  await notices.flush()
  expect(told).toHaveLength(1)
  clock.advanceMs(11 * minuteMs)
  notices.joined(entry)
  await notices.flush()
  expect(told).toHaveLength(2)
})

test('a purchase is told where it was made, and only one that was made in a room', async () => {
  const { notices, told, buy } = newBoard()
  const { userId } = await newUser('小波')
  const [here, there] = [newId(), newId()]
  await buy(userId, { kind: 'live', id: here })
  await buy(userId, { kind: 'live', id: here })
  await buy(userId, { kind: 'shop', id: null })
  notices.joined({ liveId: there, userId })
  await notices.flush()
  expect(told).toEqual([
    [here, { t: 'room.notice', joined: none, bought: { count: 2, names: ['小**', '小**'] } }],
    [there, { t: 'room.notice', joined: { count: 1, names: ['小**'] }, bought: none }],
  ])
})
