import { newId } from '@kaibo/kernel/ids'
import { subprotocol, ticketPrefix } from '@kaibo/realtime/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestOf } from '../testing/request.ts'
import { openSocket, type SocketOptions, type TestSocket } from '../testing/sockets.ts'
import { openStage } from '../testing/stage.ts'
import { createWorld, type Role, type World } from '../testing/world.ts'
import { startWork } from '../work.ts'

const stage = await openStage()
const { config, app, booted } = stage
const opened: TestSocket[] = []
let world: World
let stopWork = async () => {}

beforeAll(async () => {
  await app.listen({ port: config.PORT, host: '127.0.0.1' })
  world = await createWorld(stage)
  stopWork = startWork(booted)
})

afterAll(async () => {
  for (const socket of opened) socket.close()
  booted.kaibo.gateway.close()
  await stopWork()
})

const ticketFor = async (role: Role): Promise<string> =>
  String((await world.must(role, 'realtime.ticket', {})).ticket)

async function open(options: SocketOptions): Promise<TestSocket> {
  const socket = await openSocket(config.PORT, options)
  opened.push(socket)
  return socket
}

const openAs = async (role: Role) => open({ ticket: await ticketFor(role) })

describe('the handshake', () => {
  test('takes a ticket once', async () => {
    const ticket = await ticketFor('visitor')
    await open({ ticket })
    await expect(open({ ticket })).rejects.toBe(401)
  })

  test.each([
    ['no ticket', { protocols: [subprotocol] }],
    ['an invented ticket', { ticket: 'e30.AAAA' }],
    ['another protocol', { protocols: ['chat.v9', `${ticketPrefix}e30.AAAA`] }],
  ])('refuses %s', (_what, options) => expect(open(options)).rejects.toBe(401))

  test('refuses the page of a stranger and keeps the ticket', async () => {
    const ticket = await ticketFor('visitor')
    await expect(open({ ticket, origin: 'https://evil.example' })).rejects.toBe(403)
    await expect(open({ ticket, origin: `http://127.0.0.1:${config.PORT}` })).resolves.toBeDefined()
  })

  test('does not know other paths', async () => {
    const answer = await stage.ask({ url: '/realtime' })
    expect(answer).toMatchObject({ status: 404, body: { code: 'request.not_found' } })
  })
})

let buyerTopic = ''

beforeAll(async () => {
  const { user } = await world.must('user', 'account.me', {})
  buyerTopic = `user:${Object(user).id}`
})

const forbidden = 'topic.forbidden'

test.each([
  ['visitor', 'feed', 'sub'],
  ['visitor', 'live:{live}', 'sub'],
  ['visitor', 'stock:{shop}', 'sub'],
  ['visitor', '{buyer}', forbidden],
  ['visitor', 'shop:{shop}', forbidden],
  ['user', '{buyer}', 'sub'],
  ['user', 'shop:{shop}', forbidden],
  ['owner', '{buyer}', forbidden],
  ['owner', 'shop:{shop}', 'sub'],
  ['host', 'shop:{shop}', 'sub'],
  ['clerk', 'shop:{shop}', 'sub'],
  ['otherOwner', 'shop:{shop}', forbidden],
  ['operator', 'shop:{shop}', forbidden],
  ['user', 'feed:x', forbidden],
  ['user', 'live:not-an-id', forbidden],
  ['user', 'secrets', forbidden],
] as const)('%s asking to hear %s', async (role, form, answer) => {
  const topic = form
    .replace('{live}', world.liveId)
    .replace('{shop}', world.shopId)
    .replace('{buyer}', buyerTopic)
  const socket = await openAs(role)
  expect(await socket.hear(topic)).toBe(answer)
})

describe('what is said', () => {
  test('reaches the room within a second, and no other room', async () => {
    const otherLiveId = newId()
    const session = { id: otherLiveId, title: '别处', category: 'food', coverFileId: null }
    await world.must('otherOwner', 'live.create', { shopId: world.otherShopId, ...session })
    const [here, there] = [await openAs('visitor'), await openAs('operator')]
    await here.hear(`live:${world.liveId}`)
    await there.hear(`live:${otherLiveId}`)

    const comment = { commentId: newId(), text: '讲讲这款茶' }
    const saidAtMs = Date.now()
    await world.must('user', 'chat.send', { id: world.liveId, ...comment })
    const item = await here.item(`live:${world.liveId}`, 'chat.comment')
    expect(Date.now() - saidAtMs).toBeLessThan(1_000)
    expect(item).toMatchObject({ comment: { id: comment.commentId, text: comment.text } })
    expect(await there.item(`live:${world.liveId}`, 'chat.comment', 300)).toBeUndefined()
    expect(await there.item(`live:${otherLiveId}`, 'chat.comment', 10)).toBeUndefined()
  })

  test('an order is told to its buyer and to the shop', async () => {
    const [buyer, clerk] = [await openAs('user'), await openAs('clerk')]
    await buyer.hear(buyerTopic)
    await clerk.hear(`shop:${world.shopId}`)
    const orderId = await world.order()
    const told = { t: 'order.changed', orderId, state: 'pending' }
    expect(await buyer.item(buyerTopic, 'order.changed')).toMatchObject(told)
    expect(await clerk.item(`shop:${world.shopId}`, 'order.changed')).toMatchObject(told)
  })

  test('hearts are counted for who signed in', async () => {
    const topic = `live:${world.liveId}`
    const socket = await openAs('user')
    await socket.hear(topic)
    socket.send({ t: 'count', topic, key: 'hearts', n: 3 })
    expect(await socket.item(topic, 'live.hearts')).toMatchObject({ total: 3 })
  })
})

describe('a socket that misbehaves', () => {
  test('is told about malformed frames, and closed when it goes on', async () => {
    const socket = await openAs('visitor')
    for (const text of ['{', '[]', '{"t":"shout"}', '\u0000', '{"t":"sub","topic":"@control"}'])
      socket.send(text)
    expect(await socket.closed).toBe(1008)
  })

  test('is closed for a frame beyond the limit', async () => {
    const socket = await openAs('visitor')
    socket.send('x'.repeat(5_000))
    expect(await socket.closed).toBe(1009)
  })

  test('is closed for binary noise and for shouting', async () => {
    const [noisy, fast] = [await openAs('visitor'), await openAs('visitor')]
    for (let count = 0; count < 5; count++) noisy.send(Buffer.from([0, 1, 2]))
    for (let count = 0; count < 100; count++) fast.send({ t: 'ping' })
    expect(await noisy.closed).toBe(1008)
    expect(await fast.closed).toBe(1008)
  })
})

test('signing out closes the sockets of the session within five seconds', async () => {
  const token = await stage.signIn('13700006666')
  const asking = requestOf({ name: 'realtime.ticket', input: {}, token })
  const { body } = await stage.ask(asking)
  const ticket = String(Object(body).ticket)
  const socket = await open({ ticket })
  const startedAtMs = Date.now()
  await stage.ask(requestOf({ name: 'account.signOut', input: {}, token }))
  expect(await socket.closed).toBe(4401)
  expect(Date.now() - startedAtMs).toBeLessThan(5_000)
})

test('a server that drains asks its sockets to come back, and takes no new ones', async () => {
  const [socket, ticket] = [await openAs('visitor'), await ticketFor('visitor')]
  await socket.hear('feed')
  booted.kaibo.gateway.drain({ spreadMs: 100 })
  await expect(open({ ticket })).rejects.toBe(503)
  booted.kaibo.gateway.close()
  expect(await socket.closed).toBe(1001)
})
