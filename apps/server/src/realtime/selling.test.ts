import { newId } from '@kaibo/kernel/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSocket, type TestSocket } from '../testing/sockets.ts'
import { openStage } from '../testing/stage.ts'
import { createWorld, type Role, type World } from '../testing/world.ts'
import { startWork } from '../work.ts'

const stage = await openStage()
const opened: TestSocket[] = []
/** Far more than anything needs: a busy machine is no reason to fail. */
const patience = { timeout: 30_000, interval: 200 }
let world: World
let stopWork = async () => {}

beforeAll(async () => {
  await stage.app.listen({ port: stage.config.PORT, host: '127.0.0.1' })
  world = await createWorld(stage)
  stopWork = startWork(stage.booted)
})

afterAll(async () => {
  for (const socket of opened) socket.close()
  stage.booted.kaibo.gateway.close()
  await stopWork()
})

/** Somebody of this role in the room, with a socket that hears it. */
async function enter(role: Role) {
  const { ticket } = await world.must(role, 'realtime.ticket', {})
  const socket = await openSocket(stage.config.PORT, { ticket: String(ticket) })
  opened.push(socket)
  const topic = `live:${world.liveId}`
  expect(await socket.hear(topic)).toBe('sub')
  return { item: (kind: string) => socket.item(topic, kind, patience.timeout) }
}

const insight = () => {
  const { shopId, liveId: id } = world
  return world.must('host', 'insight.view', { shopId, id })
}

test('the desk sees who came, who did something, and what was opened', async () => {
  const { shopId, liveId, productId } = world
  await Promise.all([enter('otherOwner'), enter('operator'), enter('operator')])
  await expect.poll(insight, patience).toMatchObject({ viewerCount: 2, activeCount: 0 })

  await world.must('operator', 'chat.send', { id: liveId, commentId: newId(), text: '讲讲这款' })
  await expect.poll(insight, patience).toMatchObject({ activeCount: 1 })

  const { version } = await world.must('visitor', 'showcase.bag', { id: liveId })
  const bag = { shopId, id: liveId, version, productIds: [productId] }
  await world.must('host', 'showcase.setBag', bag)
  // The bag of a moment ago may still be known.
  const click = async () => {
    const items = [{ kind: 'click', productId }]
    await world.must('otherOwner', 'insight.signals', { liveId, items })
    return insight()
  }
  await expect.poll(click, patience).toMatchObject({
    activeCount: 2,
    next: { productId, number: 1, reason: 'clicked_unexplained' },
  })
})

test('a room hears a poll open and how it is voted, and its recap keeps the result', async () => {
  const { shopId, liveId } = world
  const viewer = await enter('visitor')
  const pollId = newId()
  const at = { shopId, id: liveId, pollId }
  const plan = { kind: 'vote', question: '哪一款？', options: ['龙井', '岩茶'], windowSec: 600 }
  await world.must('host', 'poll.create', { ...at, ...plan, rightOption: null })
  await world.must('assistant', 'poll.open', at)
  expect(await viewer.item('poll.changed')).toMatchObject({ pollId, state: 'open' })
  await world.must('user', 'poll.vote', { liveId, pollId, option: 1 })
  expect(await viewer.item('poll.tally')).toMatchObject({
    tally: { pollId, voterCount: 1, counts: [0, 1] },
  })
  await world.must('host', 'poll.close', at)
  const { items } = await world.must('visitor', 'poll.list', { id: liveId })
  expect(items).toMatchObject([{ id: pollId, state: 'closed', counts: [0, 1] }])
})

test('a room hears that there is something to read beside the video', async () => {
  const { shopId, liveId: id } = world
  const viewer = await enter('visitor')
  const story = { kind: 'story', title: '产地', text: '明前茶。', pictureFileIds: [world.fileId] }
  const written = { shopId, id: newId(), story }
  await world.must('host', 'story.create', written)
  await world.must('host', 'story.setRoom', { shopId, id, version: 0, storyIds: [written.id] })
  expect(await viewer.item('story.changed')).toMatchObject({ version: 1 })
  const shown = await world.must('visitor', 'story.ofRoom', { id })
  expect(shown).toMatchObject({ version: 1, items: [{ pictures: [{ fileId: world.fileId }] }] })
})

test('a recap has the polls and the product that sold best', async () => {
  const { shopId, liveId: id } = world
  await world.must('host', 'live.end', { shopId, id })
  const recap = await world.must('host', 'live.recap', { shopId, id })
  expect(recap).toMatchObject({ polls: [{ counts: [0, 1] }], bestProduct: null })
  await expect.poll(insight, patience).toMatchObject({ state: 'ended', next: null })
})
