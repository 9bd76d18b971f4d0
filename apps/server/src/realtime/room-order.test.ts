import { newId } from '@kaibo/kernel/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requestOf } from '../testing/request.ts'
import { openSocket, type TestSocket } from '../testing/sockets.ts'
import { openStage } from '../testing/stage.ts'
import { createWorld, type Role, type World } from '../testing/world.ts'
import { startWork } from '../work.ts'

const stage = await openStage()
const { config, app, booted } = stage
const opened: TestSocket[] = []
let world: World
let room = { shopId: '', id: '' }
let topic = ''
let stopWork = async () => {}

beforeAll(async () => {
  await app.listen({ port: config.PORT, host: '127.0.0.1' })
  world = await createWorld(stage)
  stopWork = startWork(booted)
  room = { shopId: world.shopId, id: world.liveId }
  topic = `live:${world.liveId}`
})

afterAll(async () => {
  for (const socket of opened) socket.close()
  booted.kaibo.gateway.close()
  await stopWork()
})

async function openWith(ticket: unknown): Promise<TestSocket> {
  const socket = await openSocket(config.PORT, { ticket: String(ticket) })
  opened.push(socket)
  return socket
}
const openAs = async (role: Role) =>
  openWith((await world.must(role, 'realtime.ticket', {})).ticket)

/** Somebody who watches, with an account of their own. */
async function newViewer(phone: string) {
  const token = await stage.signIn(phone)
  const ask = async (name: string, input: Record<string, unknown>) =>
    stage.ask(requestOf({ name, input, token }))
  const { body: me } = await ask('account.me', {})
  const { body } = await ask('realtime.ticket', {})
  return { ask, userId: String(Object(me).user.id), socket: await openWith(Object(body).ticket) }
}
const judge = (by: Role, userId: string, kind: string) =>
  world.must(by, 'moderation.sanction', {
    ...{ ...room, sanctionId: newId(), userId, kind, durationSec: kind === 'kick' ? null : 600 },
    ...{ reason: '', removesComments: true },
  })

test('who is put out hears the room no more, until it is taken back', async () => {
  const { socket, userId, ask } = await newViewer('13600000001')
  const other = await openAs('user')
  await socket.hear(topic)
  await other.hear(topic)
  await socket.hear(`user:${userId}`)
  const { id } = await judge('moderator', userId, 'ban')
  expect(await socket.item(`user:${userId}`, 'room.standing')).toMatchObject({
    ...{ kind: 'ban', isActive: true, shopId: world.shopId },
  })
  expect(await socket.refused(topic)).toBe('topic.forbidden')
  const refused = await ask('live.token', { liveId: world.liveId })
  expect(refused).toMatchObject({ status: 403, body: { code: 'room.banned' } })

  const again = await openWith(Object((await ask('realtime.ticket', {})).body).ticket)
  expect(await again.hear(topic)).toBe('topic.forbidden')
  await world.must('moderator', 'moderation.lift', { shopId: world.shopId, id })
  const back = await openWith(Object((await ask('realtime.ticket', {})).body).ticket)
  expect(await back.hear(topic)).toBe('sub')
  expect(await other.item(topic, 'live.online')).toBeDefined()
})

test('what is removed, pinned and answered is seen at once', async () => {
  const { socket, ask, userId } = await newViewer('13600000002')
  await socket.hear(topic)
  await socket.hear(`user:${userId}`)
  const commentId = newId()
  const said = { id: world.liveId, commentId, text: '几号？', kind: 'question' }
  expect((await ask('chat.send', said)).status).toBe(200)
  const desk = await openAs('moderator')
  expect(await desk.hear(`desk:${world.shopId}`)).toBe('sub')

  await world.must('assistant', 'chat.pin', { ...room, commentId })
  const board = { pinned: { id: commentId } }
  expect(await socket.item(topic, 'chat.board')).toMatchObject({ board })
  await world.must('assistant', 'chat.setAnswered', { ...room, commentId, isAnswered: true })
  const mine = { liveId: world.liveId, commentId, state: 'shown', isAnswered: true }
  expect(await socket.item(`user:${userId}`, 'chat.mine')).toMatchObject(mine)
  expect(await socket.item(topic, 'chat.answered')).toMatchObject({ commentId, isAnswered: true })
  const queues = { liveId: world.liveId, questionCount: 0 }
  expect(await desk.item(`desk:${world.shopId}`, 'desk.queues')).toMatchObject(queues)
  await world.must('moderator', 'chat.setState', { ...room, commentId, state: 'removed' })
  expect(await socket.item(topic, 'chat.removed')).toMatchObject({ commentIds: [commentId] })
})

test('a word that the owner lists holds the next comment, until a moderator shows it', async () => {
  const { socket, ask } = await newViewer('13600000005')
  await socket.hear(topic)
  const words = { words: ['山寨货'], tier: 'review', scenes: [], note: '' }
  await world.must('owner', 'wordlist.put', { shopId: world.shopId, ...words })
  const commentId = newId()
  const said = { id: world.liveId, commentId, text: '这是山 寨 货吧' }
  expect((await ask('chat.send', said)).body).toMatchObject({ state: 'held' })
  const { items } = await world.must('moderator', 'chat.reviewList', { ...room, limit: 10 })
  expect(items).toMatchObject([{ comment: { id: commentId }, words: ['山寨货'] }])
  await world.must('moderator', 'chat.setState', { ...room, commentId, state: 'shown' })
  expect(await socket.item(topic, 'chat.comment')).toMatchObject({ comment: { id: commentId } })
})

test('who comes and who buys is told with a masked name', async () => {
  const here = await openAs('visitor')
  await here.hear(topic)
  const { socket } = await newViewer('13600000003')
  await socket.hear(topic)
  expect(await here.item(topic, 'room.notice')).toMatchObject({
    joined: { names: expect.arrayContaining([expect.stringMatching(/^.\*\*$/u)]) },
  })
})

test('a new helper hears the desk, and a dismissed one no more', async () => {
  const { userId, ask, socket } = await newViewer('13600000004')
  const desk = `desk:${world.shopId}`
  await socket.hear(`user:${userId}`)
  expect(await socket.hear(desk)).toBe('topic.forbidden')
  const member = { shopId: world.shopId, userId }
  await world.must('owner', 'moderation.appoint', { ...member, role: 'moderator' })
  expect(await socket.item(`user:${userId}`, 'team.changed')).toMatchObject({
    shopId: world.shopId,
  })
  const helper = await openWith(Object((await ask('realtime.ticket', {})).body).ticket)
  expect(await helper.hear(desk)).toBe('sub')
  const { body } = await ask('realtime.ticket', {})
  await world.must('owner', 'moderation.dismiss', member)
  expect(await helper.refused(desk)).toBe('topic.forbidden')
  const late = await openWith(Object(body).ticket)
  expect(await late.hear(desk)).toBe('topic.forbidden')
})
