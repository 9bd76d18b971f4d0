import { topics } from '@kaibo/contract/show/topics'
import { isSynthetic } from '@kaibo/kernel/ids'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readConfig } from '../../config.ts'
import { openSocket, type TestSocket } from '../../testing/sockets.ts'
import { openStage } from '../../testing/stage.ts'
import { createWorld, type World } from '../../testing/world.ts'
import { startWork } from '../../work.ts'
import { createFigures } from './figures.ts'
import { crowdOf, requireCrowdAllowed } from './index.ts'
import { readCrowdOptions } from './options.ts'
import { type CrowdPerson, createPerson } from './person.ts'
import { nicknameOf } from './words.ts'

const stage = await openStage()
const { config, app, booted } = stage
const { account } = booted.kaibo
const url = `http://127.0.0.1:${config.PORT}`
const within = { timeout: 30_000, interval: 50 }
let world: World
let guest: TestSocket
let stopWork = async () => {}

beforeAll(async () => {
  await app.listen({ port: config.PORT, host: '127.0.0.1' })
  world = await createWorld(stage)
  stopWork = startWork(booted)
  const at = { shopId: world.shopId, id: world.liveId }
  await world.must('owner', 'showcase.setBag', { ...at, version: 0, productIds: [world.productId] })
  const { ticket } = await world.must('user', 'realtime.ticket', {})
  guest = await openSocket(config.PORT, { ticket: String(ticket) })
  await guest.hear(topics.live(world.liveId))
})

afterAll(async () => {
  guest?.close()
  booted.kaibo.gateway.close()
  await stopWork()
})

/** People who do what a test says, one thing after the other. */
async function people(count: number) {
  const figures = createFigures()
  const shared = { url, liveId: world.liveId, figures, sentAtMs: new Map<string, number>() }
  const wanted = Array.from({ length: count }, (_, at) => at + 1)
  const signedIn = await account.signInSynthetic(
    wanted.map(number => ({ number, nickname: nicknameOf(number) })),
  )
  const crowd: CrowdPerson[] = signedIn.map(each => createPerson(shared, each))
  for (const person of crowd) await person.join()
  return { crowd, ids: signedIn.map(({ userId }) => userId), figures }
}

test('a crowd is labelled in names, ids and tables, and comes back as the same people', async () => {
  const { crowd, ids } = await people(2)
  expect(ids.every(isSynthetic)).toBe(true)
  expect((await account.syntheticIds(booted.database.db)).toSorted()).toEqual(ids.toSorted())
  const [first] = await account.signInSynthetic([{ number: 1, nickname: '' }])
  expect(first?.userId).toBe(ids[0])
  await crowd[0]?.chat()
  const item = await guest.item(topics.live(world.liveId), 'chat.comment', within.timeout)
  expect(item).toMatchObject({ comment: { author: { id: ids[0], nickname: '模拟观众 001' } } })
  for (const person of crowd) await person.leave()
})

test('the command lets them in, lets them act, sees them off and says how it went', async () => {
  const room = ['--room', world.liveId]
  const size = ['--people', '3', '--minutes', '0.05', '--buy-per-min', '0', '--json']
  const options = readCrowdOptions([...room, ...size, '--like-per-min', '6000'])
  const summary = await crowdOf(booted, { config, options })
  expect(summary).toMatchObject({ synthetic: true, peopleCount: 3, joinedCount: 3 })
  expect(booted.kaibo.hub.presence(topics.live(world.liveId)).identityCount).toBe(1)
})

test('what a crowd does is in no count of people, comments, hearts or sales', async () => {
  const { crowd, figures } = await people(3)
  const { shopId, liveId, must } = world
  const [one, two, three] = crowd
  await two?.ask()
  await three?.like()
  for (let n = 0; n < 4; n++) await one?.buy()
  const { order, refused } = figures.summary({ liveId, peopleCount: 3 })
  expect({ placed: order.placedCount, paid: order.paidCount, refused }).toEqual({
    placed: 4,
    paid: 3,
    refused: {},
  })
  // A real purchase behind them: when it is counted, theirs would have been.
  await world.order('paid')
  await vi.waitFor(async () => {
    const insight = await must('owner', 'insight.view', { shopId, id: liveId })
    expect(insight).toMatchObject({ orderCount: 1 })
  }, within)
  expect(await must('owner', 'orderdesk.today', { shopId })).toMatchObject({ soldCount: 1 })
  expect(booted.kaibo.hub.presence(topics.live(liveId)).identityCount).toBe(1)
  expect(await must('user', 'live.room', { id: liveId })).toMatchObject({ heartCount: 0 })
  for (const person of crowd) await person.leave()
  expect(figures.summary({ liveId, peopleCount: 3 }).order.undoneCount).toBe(4)
  await vi.waitFor(async () => {
    expect(await booted.kaibo.outbox.backlog()).toMatchObject({ waitingCount: 0 })
  }, within)
  expect(await soldCount()).toBe(1)
  await must('owner', 'live.end', { shopId, id: liveId })
  expect(await must('owner', 'live.recap', { shopId, id: liveId })).toMatchObject({
    commentCount: 0,
    orderCount: 1,
    heartCount: 0,
    bestProduct: { orderCount: 1 },
  })
})

const soldCount = async () => {
  const [row] = await booted.database.query<{ n: number }>(
    '',
    'select coalesce(sum(sold_count), 0)::int as n from search_sale',
    [],
  )
  return row?.n
}

test.each([
  [['--people', 'many'], '--people must be a number from 1 to 2000'],
  [['--people', '0'], '--people must be a number'],
  [['--people'], '--people must be a number'],
  [['--room', 'mine'], '--room must be the id of a room'],
  [['--dance'], 'Usage: kaibo crowd'],
  [['people', '3'], 'Usage: kaibo crowd'],
])('%j is refused with a sentence', (args, sentence) => {
  expect(() => readCrowdOptions(args)).toThrow(sentence)
})

test('in production mode a crowd is refused unless a flag says so, and never buys', () => {
  const production = readConfig({ NODE_ENV: 'production' })
  const allowed = (...args: string[]) => requireCrowdAllowed(production, readCrowdOptions(args))
  expect(() => allowed()).toThrow('refused in production')
  expect(() => allowed('--in-production')).toThrow('no sandbox cashier')
  expect(() => allowed('--in-production', '--buy-per-min', '0')).not.toThrow()
})
