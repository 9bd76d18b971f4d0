import { newId } from '@kaibo/kernel/ids'
import { freePort } from '@kaibo/testkit/ports'
import { beforeAll, expect, test } from 'vitest'
import {
  eventually,
  newSettings,
  postgresPid,
  type ServerProcess,
  startServer,
} from './testing/process.ts'
import {
  type Errand,
  placeOrder,
  prepareErrand,
  type Shopper,
  signInAt,
} from './testing/shopper.ts'
import { openSocket, type TestSocket } from './testing/sockets.ts'

/** One installation in two processes: the API with the workers, and the sockets with the media. */
let api: ServerProcess
let sockets: ServerProcess
let buyer: Shopper
let errand: Errand
let socket: TestSocket

beforeAll(async () => {
  const settings = await newSettings({ KAIBO_ROLES: 'api,worker' })
  api = await startServer(settings)
  sockets = await startServer({
    ...settings,
    KAIBO_ROLES: 'realtime,media',
    PORT: String(await freePort()),
    KAIBO_API_URL: `http://127.0.0.1:${api.port}`,
  })
  buyer = await signInAt(api.url, '13800000001')
  // The demo room is on air: the media process of one asked the API of the other.
  errand = await prepareErrand(buyer)
  const { ticket } = await buyer.client.realtime.ticket()
  socket = await openSocket(sockets.port, { ticket })
})

test('each process answers for its part', async () => {
  expect((await fetch(`${sockets.url}/readyz`)).status).toBe(200)
  expect((await fetch(`${sockets.url}/api/live`)).status).toBe(404)
  expect((await fetch(`${sockets.url}/`)).status).toBe(404)
  await expect(openSocket(api.port, {})).rejects.toBe(404)
  expect(sockets.stdout()).toContain('realtime, media')
  expect(sockets.stderr()).toBe('')
  expect(api.stderr()).toBe('')
})

test('a comment said to one is heard at the other within a second', async () => {
  const topic = `live:${errand.liveId}`
  await socket.hear(topic)
  const saidAtMs = Date.now()
  await buyer.client.chat.send({ id: errand.liveId, commentId: newId(), text: '听得到吗' })
  expect(await socket.item(topic, 'chat.comment')).toMatchObject({ comment: { text: '听得到吗' } })
  expect(Date.now() - saidAtMs).toBeLessThan(1_000)
})

test('who listens at one is counted at the other', async () => {
  const one = async () => {
    const { items } = await buyer.client.live.feed({})
    return items[0]?.onlineCount === 1 ? true : undefined
  }
  expect(await eventually(one, 30_000)).toBe(true)
})

test('an order is told to its buyer across both', async () => {
  const topic = `user:${buyer.userId}`
  await socket.hear(topic)
  const orderId = await placeOrder(buyer, errand)
  expect(await socket.item(topic, 'order.changed')).toMatchObject({ orderId, state: 'pending' })
})

test('who is kicked at one hears the room at the other no more', async () => {
  const topic = `live:${errand.liveId}`
  const host = await signInAt(api.url, '13800000002')
  await host.client.moderation.sanction({
    ...{ shopId: errand.shopId, id: errand.liveId, sanctionId: newId(), userId: buyer.userId },
    ...{ kind: 'kick', durationSec: null, reason: '', removesComments: false },
  })
  expect(await socket.item(`user:${buyer.userId}`, 'room.standing')).toMatchObject({ kind: 'kick' })
  expect(await socket.refused(topic)).toBe('topic.forbidden')
})

test('signing out at one closes the socket at the other within five seconds', async () => {
  const startedAtMs = Date.now()
  await buyer.client.account.signOut()
  expect(await socket.closed).toBe(4401)
  expect(Date.now() - startedAtMs).toBeLessThan(5_000)
})

test('the database ends with the last of them', async () => {
  const dataDir = api.settings.KAIBO_DATA_DIR ?? ''
  api.signal('SIGTERM')
  expect(await api.ended).toBe(0)
  expect(postgresPid(dataDir)).toBeDefined()
  expect((await fetch(`${sockets.url}/readyz`)).status).toBe(200)
  sockets.signal('SIGTERM')
  expect(await sockets.ended).toBe(0)
  expect(postgresPid(dataDir)).toBeUndefined()
})
